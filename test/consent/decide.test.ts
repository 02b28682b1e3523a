import { describe, expect, it } from 'vitest';
import { decide } from '../../src/consent/decide.ts';
import { combinations, expected, KEPT, ROWS, rowOf, SCOPES, SWITCHES } from './combinations.ts';

const all = [...combinations()];

describe('the decision', () => {
  it('is what the table says, for every combination of everything it looks at', () => {
    expect(all).toHaveLength(SCOPES.length * Object.keys(KEPT).length * 2 * 2 * 2 ** SWITCHES.length);
    const wrong = all.filter(({ state, inputs }) => JSON.stringify(decide(inputs)) !== JSON.stringify(expected(state)));
    expect(wrong.map(({ state }) => state)).toEqual([]);
  });

  it('needs every row of the table', () => {
    const used = new Set(all.map(({ state }) => rowOf(state)));
    expect(ROWS.filter((row) => !used.has(row))).toEqual([]);
  });

  it('allows nothing without a kept yes of that very scope, endpoint and version', () => {
    const allowed = all.filter(({ inputs }) => decide(inputs).allowed);
    expect(new Set(allowed.map(({ state }) => state.kept))).toEqual(new Set(['yes', 'yes, also to another endpoint']));
    expect(allowed.filter(({ inputs }) => SWITCHES.some((name) => inputs[name]))).toEqual([]);
  });

  it('takes a switch that is not given for one that is off', () => {
    for (const { inputs } of all.filter(({ state }) => SWITCHES.every((name) => !state[name]))) {
      const { scope, endpoint, policyVersion, choices, canAsk } = inputs;
      expect(decide({ scope, endpoint, policyVersion, choices, canAsk })).toEqual(decide(inputs));
    }
  });
});
