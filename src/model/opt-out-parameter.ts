import { editDistance } from './edit-distance.ts';

/**
 * Whether a switch is on, as it may be written in an environment, a rule parameter or JSON: anything but nothing, an empty text, 0 and
 * false. A spelling nobody foresaw is a no, because somebody meant to switch something off.
 */
export function isOn(value: unknown): boolean {
  return !['', '0', 'false'].includes(
    String(value ?? '')
      .trim()
      .toLowerCase(),
  );
}

/** Whether parameters of the ProfilerReport rule opt the job out. */
export function optsOut(parameters: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(parameters).some(([name, value]) => lettersOf(name) === OPT_OUT && isOn(value));
}

const OPT_OUT = 'optouttelemetry';

/** True for a name that is nearly `opt_out_telemetry`: it begins so and differs by one or two letters. */
export function isMisspeltOptOut(name: string): boolean {
  const letters = lettersOf(name);
  return letters !== OPT_OUT && letters.startsWith('optout') && editDistance(letters, OPT_OUT) <= 2;
}

/** The service's SDK and console differ in case and underscores; so may the name. */
function lettersOf(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase();
}
