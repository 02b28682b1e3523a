import { REGION } from '../../../src/opt-out/notebook-region.ts';
import { isWord, SETUP, type SetupCall, type SetupUse, setupUses } from '../../../src/opt-out/setup-uses.ts';
import { assigned, textOf } from './assigned.ts';
import { type Beacon, beaconOf } from './beacon.ts';

/** What the call of a notebook says, and where it stands. */
interface Call {
  readonly optOut: boolean;
  /** The index of its cell. */
  readonly cell: number;
  readonly give: SetupCall['give'];
  /** Whose opening it tells; undefined where that is not written out. */
  readonly arn: string | undefined;
}

/** What the code of a notebook would do, as far as it can be told by reading it. */
export type CallState =
  /** Our code: it asks the viewer's answer. */
  | ({ readonly kind: 'ours'; readonly beacon: Beacon } & Call)
  /** The service's function: it asks nobody. */
  | ({ readonly kind: 'service' } & Call)
  /** Nothing can be told to anybody: a clause says why. */
  | { readonly kind: 'silent'; readonly why: string }
  /** It cannot be followed: a clause says why. `optOut` where every call opts out all the same. */
  | { readonly kind: 'by hand'; readonly why: string; readonly optOut: boolean };

type Placed = SetupUse & { readonly cell: number; readonly within: string };

/** Reads the code cells of a notebook, in their order; undefined where they are not those of a profiling report. */
export function callState(sources: readonly string[]): CallState | undefined {
  const uses = sources.flatMap((source, cell) => setupUses(source).map((use): Placed => ({ ...use, cell, within: source })));
  const isReport = uses.some((use) => use.kind === 'call' || use.kind === 'unclear' || isKnown(use));
  if (!isReport) return undefined;

  const calls = uses.filter((use) => use.kind === 'call');
  const strange = uses.find(({ kind }) => kind === 'unclear' || kind === 'other' || kind === 'text');
  const optOut = !strange && calls.length > 0 && calls.every((call) => isWord(call.optOut, 'True'));
  const byHand = (why: string) => ({ kind: 'by hand', why, optOut }) as const;

  if (strange) return byHand(strange.kind === 'unclear' ? strange.why : `it uses ${SETUP} other than by calling it`);
  const [call, second] = calls;
  if (!call) return { kind: 'silent', why: 'this notebook does not call the code that could tell anybody' };
  if (second) return byHand(`it calls ${SETUP} more than once`);
  if (call.optOut && !isWord(call.optOut, 'True') && !isWord(call.optOut, 'False')) {
    return byHand('opt_out is neither True nor False');
  }

  const own = origin(uses, call);
  if (own === 'unknown') return byHand(`it defines a ${SETUP} of its own`);
  if (own === 'silent') return { kind: 'silent', why: 'this notebook holds no code that could tell anybody' };
  const { cell, give } = call;
  const said = { optOut, cell, give, arn: arnOf(call, sources) };
  if (own === 'service') return { kind: 'service', ...said };
  const beacon = beaconOf(own.code);
  return typeof beacon === 'string' ? byHand(beacon) : { kind: 'ours', beacon, ...said };
}

/** Where the function comes from that the call finds when the notebook is run from its top. */
function origin(uses: readonly Placed[], call: Placed): 'service' | 'silent' | 'unknown' | { readonly code: string } {
  const sources = uses.filter(({ kind }) => kind === 'definition' || kind === 'import');
  // Our first cell has a function that sends nothing, in case the other one is taken out.
  const [last, another] = sources.filter((use) => use.kind !== 'definition' || !use.saysOnly);
  if (!last) return sources.length > 0 ? 'silent' : 'service';
  const before = last.cell < call.cell || (last.cell === call.cell && last.start < call.start);
  const region = regionOf(last);
  if (another || !before || (last.kind === 'definition' && region === undefined)) return 'unknown';
  return region === undefined ? 'service' : { code: last.within };
}

/** True for what only profiling reports have. */
function isKnown(use: Placed): boolean {
  return use.kind === 'import' || (use.kind === 'definition' && (use.saysOnly || regionOf(use) !== undefined));
}

/** Our code around a definition. */
function regionOf({ kind, start, within }: Placed): string | undefined {
  const region = kind === 'definition' ? REGION.exec(within) : null;
  return region && region.index < start && start < region.index + region[0].length ? region[0] : undefined;
}

function arnOf({ arn, cell }: Extract<Placed, SetupCall>, sources: readonly string[]): string | undefined {
  const [value] = arn ?? [];
  if (!value || arn?.length !== 1) return undefined;
  if (value.kind !== 'name') return textOf(value);
  const values = sources.slice(0, cell + 1).map((source) => (source.includes(value.text) ? assigned(source) : undefined));
  return textOf(values.findLast((names) => names?.has(value.text))?.get(value.text));
}
