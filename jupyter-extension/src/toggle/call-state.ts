import { isPaired, REGION } from '../../../src/opt-out/notebook-region.ts';
import { isWord, SETUP, type SetupCall, type SetupUse, setupUses } from '../../../src/opt-out/setup-uses.ts';
import { arnOf } from './job-arn.ts';
import { type Beacon, beaconOf, ownName } from './own-code.ts';

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
  /** Our code, as this version writes it: it asks the viewer's answer. */
  | ({ readonly kind: 'ours'; readonly beacon: Beacon } & Call)
  /** The service's function: it asks nobody. */
  | ({ readonly kind: 'service' } & Call)
  /** Nothing can be told to anybody: a clause says why. */
  | { readonly kind: 'silent'; readonly why: string }
  /** It cannot be followed: a clause says why. `optOut` where it can be, but for calls that all opt out. */
  | { readonly kind: 'by hand'; readonly why: string; readonly optOut: boolean };

/** Where something begins. */
interface Place {
  readonly cell: number;
  readonly start: number;
}
type Region = Place & { readonly kind: 'ours'; readonly code: string };
type Placed = Place & SetupUse;

/** Reads the code cells of a notebook, in their order; undefined where they are not those of a profiling report. */
export function callState(sources: readonly string[]): CallState | undefined {
  const regions = sources.flatMap((source, cell): Region[] => {
    const found = REGION.exec(source);
    return found ? [{ kind: 'ours', cell, start: found.index, code: found[0] }] : [];
  });
  // What stands around our code keeps its place.
  const outside = sources.map((source) => source.replace(REGION, (region) => region.replace(/./g, ' ')));
  const uses = outside.flatMap((source, cell) => setupUses(source).map((use): Placed => ({ ...use, cell })));
  if (regions.length === 0 && !uses.some(isKnown)) return undefined;

  const byHand = (why: string, optOut = false) => ({ kind: 'by hand', why, optOut }) as const;
  if (!sources.every(isPaired)) return byHand('the code that sends is not between one pair of marks');
  const beacons = regions.map(({ code }) => beaconOf(code));
  const clause = beacons.find((beacon) => typeof beacon === 'string') ?? strangeness(uses);
  if (clause !== undefined) return byHand(clause);
  const name = regions.length > 0 && ownName(outside.join('\n'));
  if (name) return byHand(`${name} is named outside of the marks`);

  const calls = uses.filter((use) => use.kind === 'call');
  const [call] = calls;
  if (!call) return { kind: 'silent', why: 'this notebook does not call the code that could tell anybody' };
  const source = sourceOf([...regions, ...uses], call);
  if (source === 'unknown') return byHand(`it defines a ${SETUP} of its own`);
  if (source === 'silent') return { kind: 'silent', why: 'this notebook holds no code that could tell anybody' };
  const optOut = calls.every((each) => isWord(each.optOut, 'True'));
  if (calls.length > 1) return byHand(`it calls ${SETUP} more than once`, optOut);
  if (call.optOut && !optOut && !isWord(call.optOut, 'False')) return byHand('opt_out is neither True nor False');

  const { cell, give } = call;
  const said = { optOut, cell, give, arn: arnOf(call.arn, outside.slice(0, cell + 1).join('\n')) };
  const [beacon] = beacons;
  return typeof beacon === 'object' ? { kind: 'ours', beacon, ...said } : { kind: 'service', ...said };
}

/** True for what only profiling reports have. */
function isKnown(use: SetupUse): boolean {
  return use.kind === 'definition' ? use.saysOnly : use.kind !== 'text' && use.kind !== 'other';
}

/** Why uses cannot be followed. */
function strangeness(uses: readonly SetupUse[]): string | undefined {
  const strange = uses.find(({ kind }) => kind === 'unclear' || kind === 'other' || kind === 'text');
  if (strange?.kind === 'unclear') return strange.why;
  return strange && `it uses ${SETUP} other than by calling it`;
}

/** Where the function comes from that the call finds when the notebook is run from its top. */
function sourceOf(places: readonly (Region | Placed)[], call: Place): 'ours' | 'service' | 'silent' | 'unknown' {
  const all = places.filter(({ kind }) => kind === 'ours' || kind === 'definition' || kind === 'import');
  // Our first cell has a function that sends nothing, in case the other one is taken out.
  const [one, another] = all.filter((place) => place.kind !== 'definition' || !place.saysOnly);
  if (!one) return all.length > 0 ? 'silent' : 'service';
  const before = one.cell < call.cell || (one.cell === call.cell && one.start < call.start);
  return another || !before || one.kind === 'definition' ? 'unknown' : one.kind === 'ours' ? 'ours' : 'service';
}
