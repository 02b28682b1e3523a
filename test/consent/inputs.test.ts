import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Choice } from '../../src/consent/decide.ts';
import { environmentSwitches, isOn, optsOut, readKept, withChoice, writeChoices } from '../../src/consent/inputs.ts';
import { plainJson } from '../../src/consent/plain-json.ts';

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
    expect(readKept(writeChoices([yes, no]))).toEqual({ choices: [yes, no], unreadable: false });
  });

  it.each([
    undefined,
    null,
    '{}',
    '{"theme":"dark"}',
    '{"choices":[]}',
    '{"choices":[{"scope":"viewer","answer":"granted"},{"answer":"granted"}]}',
  ])('are none in %j', (text) => {
    expect(readKept(text)).toEqual({ choices: [], unreadable: false });
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"choices":{}}',
    '{"choices":null}',
    '{"choices":[null]}',
    '{"choices":[{"scope":"viewer","answer":"no"}]}',
    '{"choices":[{"scope":"team","answer":"denied"}]}',
    "{'choices':[]}",
    '{choices:[]}',
  ])('may hold a no in %j', (text) => {
    expect(readKept(text)).toEqual({ choices: [], unreadable: true });
  });

  it('are read in spite of an entry that is none', () => {
    expect(readKept(JSON.stringify({ choices: [yes, 7] }))).toEqual({ choices: [yes], unreadable: true });
  });

  it('may stand among comments and last commas', () => {
    const kept = JSON.stringify(yes).replace('}', ', /* } */ } // ]\n');
    const text = `// {\r/* "choices": [] **/ {\n // Answers\n "choices": [ ${kept}\n,\n ] ,\n}/* end */`;
    expect(readKept(text).unreadable).toBe(true);
    expect(readKept(plainJson(text))).toEqual({ choices: [yes], unreadable: false });
  });

  it('need all of a yes, and of a no only who said it', () => {
    for (const key of Object.keys(yes)) {
      const { [key as keyof Choice]: _, ...partial } = yes;
      expect(readKept(JSON.stringify({ choices: [partial] })).choices).toEqual([]);
    }
    expect(readKept('{"choices":[{"scope":"viewer","answer":"denied"}]}').choices).toHaveLength(1);
  });

  it('never throw, whatever was kept', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => Array.isArray(readKept(text).choices)));
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

describe('JSON as people write it', () => {
  it.each([
    ['{"a": "// no /* comment */ , ]"}', '{"a": "// no /* comment */ , ]"}'],
    ['{"a": "\\"//", "b": 1, }', '{"a": "\\"//", "b": 1 }'],
    ['[1, /* , */ // ]\n 2,\n]', '[1,    \n 2\n]'],
    ['[1/**/2]', '[1 2]'],
    ['[1] /* no end', '[1] /* no end'],
    ['[1] /*/', '[1] /*/'],
    ['["no end // ,]', '["no end // ,]'],
    ["['a', // b\n'/*']", "['a',  \n'/*']"],
  ])('%j becomes %j', (text, plain) => expect(plainJson(text)).toBe(plain));

  it('is read at once, however long it goes on without an end', () => {
    for (const part of ['/* ', '"\\', '"\\"', ',', ', ', '//', '/']) {
      const started = performance.now();
      plainJson(part.repeat(100_000));
      expect(performance.now() - started).toBeLessThan(5000);
    }
  });

  it('stays the same where it is plain', () => {
    fc.assert(fc.property(fc.json(), (text) => plainJson(text) === text));
  });
});
