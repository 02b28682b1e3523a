import { isOn } from '../model/opt-out-parameter.ts';
import type { Choice, No, Scope } from './decide.ts';

export { isOn, optsOut } from '../model/opt-out-parameter.ts';

const VARIABLES = ['OPT_OUT_TRACKING', 'DO_NOT_TRACK', 'PAPERMILL_EXECUTION', 'CI'] as const satisfies readonly No[];

/** The switches of the environment of a process. */
export function environmentSwitches(
  env: Readonly<Record<string, string | undefined>>,
): Record<(typeof VARIABLES)[number], boolean> {
  return Object.fromEntries(VARIABLES.map((name) => [name, isOn(env[name])])) as Record<(typeof VARIABLES)[number], boolean>;
}

const SCOPES: readonly unknown[] = ['viewer', 'container', 'cluster'] satisfies Scope[];

/** Answers that were kept. */
export interface Kept {
  readonly choices: readonly Choice[];
  /** There is more than could be understood, and it may be a no. */
  readonly unreadable: boolean;
}

const RUIN: Kept = { choices: [], unreadable: true };

/** Kept answers out of the text they are kept as; no text means that nothing was ever kept. */
export function readKept(text: string | null | undefined): Kept {
  if (text === null || text === undefined) return keptIn({});
  try {
    return keptIn(JSON.parse(text));
  } catch {
    return RUIN;
  }
}

/** The same out of the value that the text stands for. */
export function keptIn(value: unknown): Kept {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return RUIN;
  const { choices = [] } = value as { choices?: unknown };
  if (!Array.isArray(choices)) return RUIN;
  return { choices: choices.filter(isChoice), unreadable: !choices.every((entry) => isChoice(entry) || isYes(entry)) };
}

/** The text that `readKept` reads. */
export function writeChoices(choices: readonly Choice[]): string {
  return `${JSON.stringify({ choices }, null, 2)}\n`;
}

/** The answers kept after a new one: a no replaces every yes of its scope, a yes replaces a no and what was said to its endpoint. */
export function withChoice(choices: readonly Choice[], choice: Choice): Choice[] {
  const stays = (old: Choice) =>
    old.scope !== choice.scope || (choice.answer === 'granted' && old.answer === 'granted' && old.endpoint !== choice.endpoint);
  return [...choices.filter(stays), choice];
}

/** The answers kept once a scope took its own back: as if it had never been asked. */
export function withoutChoices(choices: readonly Choice[], scope: Scope): Choice[] {
  return choices.filter((choice) => choice.scope !== scope);
}

/** Part of a yes is no answer, but it surely is no no. */
function isYes(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as Partial<Choice>).answer === 'granted';
}

/** A no counts even where the rest of it is missing; a yes only as a whole. */
function isChoice(value: unknown): value is Choice {
  if (typeof value !== 'object' || value === null) return false;
  const { scope, answer, endpoint, policyVersion, date } = value as Record<keyof Choice, unknown>;
  if (!SCOPES.includes(scope)) return false;
  if (answer === 'denied') return true;
  return answer === 'granted' && typeof endpoint === 'string' && typeof policyVersion === 'number' && typeof date === 'string';
}
