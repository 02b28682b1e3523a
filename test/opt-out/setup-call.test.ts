import { expect, test } from 'vitest';
import { applyEdits } from '../../src/opt-out/edits.ts';
import { optOutCalls } from '../../src/opt-out/setup-call.ts';

function result(code: string): { code: string; left: readonly string[] } {
  const { edits, left } = optOutCalls(code);
  return { code: new TextDecoder().decode(applyEdits(new TextEncoder().encode(code), edits)), left };
}

test.each([
  ['setup_profiler_report(arn)', 'setup_profiler_report(arn, opt_out=True)'],
  ['setup_profiler_report(arn, False)', 'setup_profiler_report(arn, True)'],
  ['setup_profiler_report(arn,0)', 'setup_profiler_report(arn,True)'],
  ['setup_profiler_report(arn, opt_out=False)', 'setup_profiler_report(arn, opt_out=True)'],
  [
    'setup_profiler_report(opt_out = False, processing_job_arn=arn)',
    'setup_profiler_report(opt_out = True, processing_job_arn=arn)',
  ],
  ['setup_profiler_report(processing_job_arn=arn)', 'setup_profiler_report(processing_job_arn=arn, opt_out=True)'],
  ['setup_profiler_report(arn, opt_out=choice(1, [2]))', 'setup_profiler_report(arn, opt_out=True)'],
  ['setup_profiler_report(*args, opt_out=flag)', 'setup_profiler_report(*args, opt_out=True)'],
  ['setup_profiler_report ( arn , )', 'setup_profiler_report ( arn , opt_out=True )'],
  ['setup_profiler_report()', 'setup_profiler_report(opt_out=True)'],
  ['setup_profiler_report(arn, a == b)', 'setup_profiler_report(arn, True)'],
  ['setup_profiler_report(opt_out == b)', 'setup_profiler_report(opt_out == b, opt_out=True)'],
  ['setup_profiler_report(a == b)', 'setup_profiler_report(a == b, opt_out=True)'],
  ['setup_profiler_report(a if x else b["c, d)"])', 'setup_profiler_report(a if x else b["c, d)"], opt_out=True)'],
  ['setup_profiler_report(f(a, b=1))', 'setup_profiler_report(f(a, b=1), opt_out=True)'],
  ["setup_profiler_report('it\\'s)')", "setup_profiler_report('it\\'s)', opt_out=True)"],
  [
    'setup_profiler_report(  # tell )\n    arn,  # of this, one\n    False  # yes\n)',
    'setup_profiler_report(  # tell )\n    arn,  # of this, one\n    True  # yes\n)',
  ],
  ['setup_profiler_report(\r\n    arn,\r\n)', 'setup_profiler_report(\r\n    arn, opt_out=True\r\n)'],
  ['setup_profiler_report(arn, opt_out=(\n False\n))', 'setup_profiler_report(arn, opt_out=True)'],
  ['setup_profiler_report \\\n (arn)', 'setup_profiler_report \\\n (arn, opt_out=True)'],
  [
    'from a.b import setup_profiler_report\nsetup_profiler_report(arn)',
    'from a.b import setup_profiler_report\nsetup_profiler_report(arn, opt_out=True)',
  ],
  ["!echo it's\nutils.setup_profiler_report(arn)", "!echo it's\nutils.setup_profiler_report(arn, opt_out=True)"],
  [
    'x = [setup_profiler_report(arn)]; setup_profiler_report(arn)',
    'x = [setup_profiler_report(arn, opt_out=True)]; setup_profiler_report(arn, opt_out=True)',
  ],
  [
    'setup_profiler_report(setup_profiler_report(a))',
    'setup_profiler_report(setup_profiler_report(a, opt_out=True), opt_out=True)',
  ],
])('%j opts out', (code, expected) => {
  expect(result(code)).toEqual({ code: expected, left: [] });
  expect(result(expected)).toEqual({ code: expected, left: [] });
});

test.each([
  'setup_profiler_report(arn, opt_out=True)',
  'setup_profiler_report(arn, True)',
  '# setup_profiler_report(arn)',
  'def setup_profiler_report(arn, opt_out=False):\n    pass',
  'def setup_profiler_report(*arguments, **named): pass',
  'from a import (b, # c\n  setup_profiler_report,\n  d)',
  'my_setup_profiler_report(arn); setup_profiler_report2(arn)',
])('%j needs nothing', (code) => {
  expect(result(code)).toEqual({ code, left: [] });
});

test.each([
  ['setup_profiler_report(*arguments)', /unpacks its arguments: give it opt_out=True by hand/],
  ['setup_profiler_report(arn, **named)', /unpacks its arguments/],
  ['setup_profiler_report(arn', /has no end/],
  ['setup_profiler_report(lambda a, b: a)', /cannot be told apart/],
  ['setup_profiler_report(a for a in b)', /cannot be told apart/],
  ['setup_profiler_report(arn, opt_out=)', /gives opt_out no value/],
  ['tell = setup_profiler_report\ntell(arn)', /other than by calling it: make sure that every call has opt_out=True/],
  ['from a import setup_profiler_report as tell', /other than by calling it/],
  ['setup_profiler_report\n(arn)', /other than by calling it/],
  ['exec("setup_profiler_report(arn)")', /a text names setup_profiler_report/],
  ['globals()["setup_profiler_report"](arn)', /a text names setup_profiler_report: if it is ever run, add opt_out=True/],
  ['#\rsetup_profiler_report', /other than by calling it/],
  ["'''\nsetup_profiler_report(arn)", /a text names setup_profiler_report/],
  ['def setup_profiler_report(arn):\n    urlopen(arn)', /takes no opt_out/],
])('%j is left to a person', (code, clause) => {
  expect(result(code)).toEqual({ code, left: [expect.stringMatching(clause)] });
});

test.each([
  ['never end', 'setup_profiler_report('.repeat(20_000)],
  ['are nested deeper than Python reads', `${'setup_profiler_report('.repeat(20_000)}${')'.repeat(20_000)}`],
  ['stand one after the other', 'setup_profiler_report(a)\n'.repeat(20_000)],
])('20,000 calls that %s take no time', (_, code) => {
  const start = performance.now();
  optOutCalls(code);
  expect(performance.now() - start).toBeLessThan(2000);
});
