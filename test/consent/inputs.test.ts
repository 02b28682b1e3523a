import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice } from '../../src/consent/decide.ts';
import { environmentSwitches, isOn, optsOut, readChoices, withChoice, writeChoices } from '../../src/consent/inputs.ts';

const yes: Choice = {
  scope: 'viewer',
  answer: 'granted',
  endpoint: 'https://stats.example.org/',
  policyVersion: 1,
  date: '2026-11-21T09:30:00.000Z',
};

describe('a switch', () => {
  it.each(['True', 'true', 'TRUE', true, 1, '1', 'yes', 'on', ' true ', 'no', 'tru', 2, '00'])('is on as %j', (value) => {
    expect(isOn(value)).toBe(true);
  });
  it.each(['False', 'false', 'FALSE', false, 0, '0', '', ' ', undefined, null])('is off as %j', (value) => {
    expect(isOn(value)).toBe(false);
  });
});

it('the environment is read by the names people know, and by no other', () => {
  const off = { OPT_OUT_TRACKING: false, DO_NOT_TRACK: false, PAPERMILL_EXECUTION: false, CI: false };
  expect(environmentSwitches({})).toEqual(off);
  expect(environmentSwitches({ OPT_OUT_TRACKING: 'TRUE', CI: 'false', OPT_OUT: '1' })).toEqual({
    ...off,
    OPT_OUT_TRACKING: true,
  });
  expect(environmentSwitches({ DO_NOT_TRACK: '1', PAPERMILL_EXECUTION: '1' })).toEqual({
    ...off,
    DO_NOT_TRACK: true,
    PAPERMILL_EXECUTION: true,
  });
});

it.each([
  [{}, false],
  [{ opt_out_telemetry: 'True' }, true],
  [{ opt_out_telemetry: 'true' }, true],
  [{ opt_out_telemetry: true }, true],
  [{ opt_out_telemetry: 1 }, true],
  [{ Opt_Out_Telemetry: 'True' }, true],
  [{ optOutTelemetry: 'True' }, true],
  [{ 'OPT-OUT-TELEMETRY': '1' }, true],
  [{ optOutTelemetry: 'False' }, false],
  [{ opt_out: 'True' }, false],
  [{ opt_out_telemetry: 'False' }, false],
  [{ opt_out_telemetry: 0 }, false],
  [{ rule_to_invoke: 'ProfilerReport', LowGPUUtilization_threshold_p95: '80' }, false],
])('rule parameters %j opt out: %j', (parameters, expected) => expect(optsOut(parameters)).toBe(expected));

describe('kept answers', () => {
  it('come back as they were written', () => {
    const no: Choice = { ...yes, scope: 'cluster', answer: 'denied' };
    expect(readChoices(writeChoices([yes, no]))).toEqual([yes, no]);
  });

  it.each(['', '{', 'null', '[]', '{"choices":{}}', '{"choices":[null,1,"granted",[]]}'])('are none in %j', (text) => {
    expect(readChoices(text)).toEqual([]);
  });

  it('need all of a yes, and of a no only who said it', () => {
    for (const key of Object.keys(yes)) {
      const { [key as keyof Choice]: _, ...partial } = yes;
      expect(readChoices(JSON.stringify({ choices: [partial] }))).toEqual([]);
    }
    expect(readChoices('{"choices":[{"scope":"viewer","answer":"denied"}]}')).toHaveLength(1);
  });

  it('never throw, whatever was kept', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => Array.isArray(readChoices(text))));
  });

  it('hold one answer to an endpoint: a no replaces each yes, a yes the no and what was said to its endpoint', () => {
    const other = { ...yes, endpoint: 'https://other.example/' };
    const operator: Choice = { ...yes, scope: 'container' };
    const no: Choice = { ...yes, answer: 'denied' };
    const newer = { ...yes, policyVersion: 2 };
    expect(withChoice([operator, yes, other], newer)).toEqual([operator, other, newer]);
    expect(withChoice([operator, yes, other], no)).toEqual([operator, no]);
    expect(withChoice([operator, no], yes)).toEqual([operator, yes]);
  });
});
