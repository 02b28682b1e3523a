import { CONDITION_GRAMMAR } from '../../conditions/condition.ts';

/** How conditions are written, below the help of commands that take some. */
export const CONDITIONS_HELP = `\nConditions:\n${CONDITION_GRAMMAR.map((line) => `  ${line}`).join('\n')}`;
