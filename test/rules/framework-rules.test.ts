import { describe, expect, test } from 'vitest';
import { runRule } from '../rule-run.ts';
import { type Sample, type SmallEvent, smallRun } from '../small-run.ts';

const MINUTE = 60;
/** A whole minute: the first of the job. */
const T = 1_700_000_040;

/** A sample of every core each ten seconds, for so many minutes; the last one is only partly there. */
function samples(minutes: number, cores = 2, node = 'algo-1'): Sample[] {
  return Array.from({ length: minutes * 6 - 3 }, (_, tick) =>
    Array.from({ length: cores }, (_, core) => {
      return { node, type: 'cpu', dimension: 'CPUUtilization', name: `cpu${core}`, value: 50, seconds: T + 10 * tick + 0.5 };
    }),
  ).flat();
}

function step(mode: string, number: number, startSeconds: number, seconds: number, worker = 'algo-1-27'): SmallEvent {
  const name = `Step:ModeKeys.${mode}`;
  return { worker, phase: name, name, startSeconds, seconds, step: String(number) };
}

/** So many steps, one each second from the start of the job on, each half a second long but for the slow ones of 0.9 s. */
function steps(mode: string, count: number, slow: number, from = T): SmallEvent[] {
  return Array.from({ length: count }, (_, i) => step(mode, i, from + i, i % 10 === 3 && i < 10 * slow ? 0.9 : 0.5));
}

function fetches(count: number, every: number, from = T, seconds = 0.1): SmallEvent[] {
  return Array.from({ length: count }, (_, i) => {
    return { worker: 'algo-1-27', phase: 'DataLoaderIter', name: 'X::GetNext', pid: 27, startSeconds: from + i * every, seconds };
  });
}

const RULES = ['StepOutlier', 'MaxInitializationTime', 'Dataloader', 'OverallFrameworkMetrics'] as const;

describe('without framework data', () => {
  test.each(['compat', 'fixed'] as const)('%s: empty shapes, no issue', (mode) => {
    const run = smallRun({ samples: samples(3) });
    const [outlier, init, loader, overall] = RULES.map((rule) => runRule(rule, run, mode));
    expect(outlier?.details).toEqual({ step_details: new Map() });
    expect(init?.details).toMatchObject({ step_num: {}, job_start: T + 0.5 });
    expect(loader?.details).toEqual({});
    expect(overall?.details).toEqual({ ratio: new Map(), phase: new Map(), phase_time: {} });
    for (const made of [outlier, init, loader, overall]) {
      expect(made).toMatchObject({ triggered: 0, violations: 0, datapoints: 0, issues: [] });
    }
  });
});

describe('Q2: a step that crosses a minute', () => {
  const run = smallRun({
    samples: samples(4),
    events: [step('TRAIN', 0, T + 10, 10), step('TRAIN', 1, T + 50, 100), step('TRAIN', 2, T + 170, 5)],
  });

  test('the service counts it in each of its minutes', () => {
    expect(runRule('StepOutlier', run, 'compat').datapoints).toBe(5);
    expect(runRule('MaxInitializationTime', run, 'compat').datapoints).toBe(5);
  });

  test('put right, it counts once', () => {
    expect(runRule('StepOutlier', run, 'fixed').datapoints).toBe(3);
    expect(runRule('MaxInitializationTime', run, 'fixed').datapoints).toBe(3);
  });
});

test('an event that is there twice counts twice in the service, once in fixed mode', () => {
  const once = step('TRAIN', 0, T + 10, 10);
  const run = smallRun({
    samples: samples(3),
    events: [once, { ...once }, ...fetches(1, 1), ...fetches(1, 1), step('TRAIN', 1, T + 100, 10)],
  });
  const datapoints = (mode: 'compat' | 'fixed') => RULES.slice(0, 3).map((rule) => runRule(rule, run, mode).datapoints);
  expect(datapoints('compat')).toEqual([3, 3, 2]);
  expect(datapoints('fixed')).toEqual([2, 2, 1]);
  const phase = (mode: 'compat' | 'fixed') => runRule('OverallFrameworkMetrics', run, mode).details.phase as Map<string, number>;
  // 20 s of steps and a gap of 80 s.
  expect(phase('fixed').get('others')).toBeCloseTo(80, 9);
  expect(phase('compat').get('others')).not.toBeCloseTo(80, 0);
});

test('Q9: `others` is computed from itself in the service, and the time between steps in fixed mode', () => {
  const apart = [0, 20, 40, 60].map((start, i) => step('TRAIN', i, T + start + 1, 10));
  const run = smallRun({ samples: samples(3), events: [...apart, step('TRAIN', 4, T + 81, 10)] });
  const others = (mode: 'compat' | 'fixed') =>
    (runRule('OverallFrameworkMetrics', run, mode).details.phase as Map<string, number>).get('others');
  // 50 s of steps, 40 s between them; the service, step by step: 0, 10, 10, 20, 20.
  expect(others('fixed')).toBeCloseTo((100 * 40) / 90, 9);
  expect(others('compat')).toBeCloseTo((100 * 20) / 70, 9);
});

describe('Q11: two modes', () => {
  // 120 TRAIN steps with 11 slow ones, then 110 EVAL steps without any; numbers of both begin at 0.
  const events = [
    ...steps('TRAIN', 120, 11),
    ...steps('EVAL', 110, 0, T + 120),
    { ...step('EVAL', 0, T + 3 * MINUTE, 1), phase: 'Forward', name: 'net' },
  ];
  const run = smallRun({ samples: samples(6), events: [...events, step('TRAIN', 999, T + 290, 0.5)] });
  const shown = (mode: 'compat' | 'fixed') =>
    (runRule('StepOutlier', run, mode).details.step_details as Map<string, object>).get('algo-1-27');

  test('in the service EVAL hides TRAIN', () => {
    expect(shown('compat')).toMatchObject({ phase: 'Step:ModeKeys.EVAL', number_of_outliers: 0 });
  });

  test('the phase with the most outliers is shown, every phase is judged, each slow step is a span', () => {
    expect(shown('fixed')).toMatchObject({ phase: 'Step:ModeKeys.TRAIN', number_of_outliers: 11 });
    const { issues, judgement } = runRule('StepOutlier', run, 'fixed');
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ device: 'algo-1-27' });
    expect(issues[0]?.spans).toHaveLength(11);
    expect(issues[0]?.spans[0]).toMatchObject({ startSeconds: T + 3, endSeconds: T + 3.9 });
    expect(issues[0]?.evidence).toMatch(
      /^11 of 121 TRAIN steps took longer than \d+ ms, the mean and 3 standard deviations: step 3 900 ms \(1\.8 times the median\), .* and 7 more\.$/,
    );
    expect(judgement).toMatchObject({ verdict: 'issue', reason: '11 slow steps' });
  });

  test('what happened in a slow step: the service looks at a step of another mode with its number, too', () => {
    const general = (mode: 'compat' | 'fixed') => {
      const slow = { worker: 'algo-1-27', phase: 'DataLoaderIter', name: 'GetNext', startSeconds: T + 3.2, seconds: 0.1 };
      // EVAL step 3 is at 123 s.
      const other = { worker: 'algo-1-27', phase: 'Forward', name: 'net', startSeconds: T + 123.1, seconds: 0.1 };
      const details = runRule(
        'StepOutlier',
        smallRun({ samples: samples(6), events: [...events, slow, other, step('TRAIN', 999, T + 290, 0.5)] }),
        mode,
      ).details;
      return [...((details.general as Map<string, number> | undefined)?.keys() ?? [])];
    };
    expect(general('compat')).toEqual(['Forward']);
    expect(general('fixed')).toEqual(['DataLoaderIter']);
  });

  test.each([
    ['TRAIN', 121],
    ['Step:ModeKeys.EVAL', 110],
    ['eval', 110],
  ])('the mode %s alone', (mode, datapoints) => {
    expect(runRule('StepOutlier', run, 'fixed', { mode }).datapoints).toBe(datapoints);
  });

  test('a mode without steps says so', () => {
    expect(runRule('StepOutlier', run, 'fixed', { mode: 'PREDICT' }).judgement).toMatchObject({
      verdict: 'not judged',
      finding: 'There are no steps of the mode PREDICT, only Step:ModeKeys.TRAIN and Step:ModeKeys.EVAL.',
    });
  });
});

describe('Q3: StepOutlier adds its outliers again at each scan', () => {
  const run = smallRun({ samples: samples(6), events: [...steps('TRAIN', 200, 11), step('TRAIN', 999, T + 290, 0.5)] });

  test.each(['compat', 'fixed'] as const)('the numbers stay in %s mode', (mode) => {
    const { triggered, violations } = runRule('StepOutlier', run, mode);
    expect(triggered).toBeGreaterThan(1);
    expect(violations).toBe(11 * triggered);
  });

  test('the issue counts each once', () => {
    expect(runRule('StepOutlier', run, 'compat').issues).toEqual([]);
    expect(runRule('StepOutlier', run, 'fixed').issues.map(({ spans }) => spans.length)).toEqual([11]);
  });

  test('no more outliers than allowed: no issue, and the verdict tells their number', () => {
    const { triggered, issues, judgement } = runRule('StepOutlier', run, 'fixed', { n_outliers: '11' });
    expect([triggered, issues]).toEqual([0, []]);
    expect(judgement).toMatchObject({ verdict: 'ok', reason: '11 outliers, limit 11 per worker' });
  });
});

describe('Q8: the first step comes late', () => {
  const late = smallRun({
    samples: samples(30),
    events: [step('TRAIN', 0, T + 25 * MINUTE, 1), step('TRAIN', 1, T + 26 * MINUTE, 1)],
  });

  test('the service never fires', () => {
    const { triggered, details } = runRule('MaxInitializationTime', late, 'compat');
    expect(triggered).toBe(0);
    expect(details.step_num).toEqual({ first: (T + 25 * MINUTE) * 1e6, last: (T + 26 * MINUTE) * 1e6 });
  });

  test('put right, it does, and the initialization is a span', () => {
    const { triggered, violations, issues } = runRule('MaxInitializationTime', late, 'fixed');
    expect([triggered, violations]).toEqual([1, 1]);
    expect(issues).toEqual([
      {
        evidence: expect.stringMatching(
          /^The first step came 25 min after the first sample \(.* of the job\)\. The limit is 20 min\.$/,
        ),
        spans: [{ startSeconds: T + 0.5, endSeconds: T + 25 * MINUTE }],
      },
    ]);
    expect(runRule('MaxInitializationTime', late, 'fixed', { threshold: '25' }).triggered).toBe(0);
  });

  test('`last` is the step read last in the service, the last one in time in fixed mode', () => {
    const run = smallRun({
      samples: samples(4),
      events: [step('TRAIN', 0, T + 130, 1), step('TRAIN', 0, T + 125, 1, 'algo-2-28')],
    });
    expect(runRule('MaxInitializationTime', run, 'compat').details.step_num).toEqual({
      first: (T + 130) * 1e6,
      last: (T + 125) * 1e6,
    });
    expect(runRule('MaxInitializationTime', run, 'fixed').details.step_num).toEqual({
      first: (T + 125) * 1e6,
      last: (T + 130) * 1e6,
    });
  });

  test('a trace without a base, which begins in 1970, moves neither', () => {
    const run = smallRun({ samples: samples(4), events: [step('TRAIN', 0, 5, 1, 'algo-2-28'), step('TRAIN', 0, T + 60, 1)] });
    expect(runRule('MaxInitializationTime', run, 'fixed')).toMatchObject({
      triggered: 0,
      datapoints: 2,
      details: { step_num: { first: (T + 60) * 1e6, last: (T + 60) * 1e6 } },
    });
  });

  test('without samples nobody knows when the job began', () => {
    const forward = { worker: 'algo-1-27', phase: 'Forward', name: 'net', startSeconds: T, seconds: 1 };
    const begun = (seconds: number) =>
      runRule('MaxInitializationTime', smallRun({ events: [forward, step('TRAIN', 0, T + seconds, 1)] }), 'fixed');
    expect(begun(60).judgement).toMatchObject({ verdict: 'not judged', reason: 'no samples' });
    expect(begun(1500)).toMatchObject({ triggered: 1, judgement: { verdict: 'issue' } });
  });
});

describe('Q13: the data loader', () => {
  // Nine seconds with a fetch; one fetch crosses a minute, and with it are the ten that a short profile has.
  const crossing = [...fetches(9, 1, T + 20), ...fetches(1, 1, T + 59.95), { ...step('TRAIN', 0, T + 170, 1) }];

  test('the service judges ten seconds where one event is in two scans; put right, ten are too few', () => {
    const run = smallRun({ samples: samples(4, 8), events: crossing });
    expect(runRule('Dataloader', run, 'compat')).toMatchObject({ triggered: 1, violations: 1, datapoints: 11 });
    expect(runRule('Dataloader', run, 'fixed')).toMatchObject({
      triggered: 0,
      datapoints: 10,
      issues: [],
      judgement: { verdict: 'not judged', reason: 'too short' },
    });
  });

  test('enough seconds: an issue with its spans', () => {
    const run = smallRun({
      samples: samples(4, 8),
      events: [...fetches(20, 1, T + 20), ...fetches(5, 1, T + 100), step('TRAIN', 0, T + 170, 1)],
    });
    const { issues, judgement, triggered } = runRule('Dataloader', run, 'fixed');
    expect(triggered).toBe(1);
    expect(judgement).toMatchObject({ verdict: 'issue', reason: 'few loaders for the cores' });
    expect(issues).toEqual([
      {
        evidence:
          '1 loader was at work at a time (the median of 25 seconds with data loading) on 8 cores; the limits are 5.6 and 16.',
        spans: [
          { startSeconds: T + 20, endSeconds: T + 40 },
          { startSeconds: T + 100, endSeconds: T + 105 },
        ],
      },
    ]);
  });

  test('lives of workers stand among the fetches in the service, apart in fixed mode', () => {
    const life = (pid: number): SmallEvent => {
      return { worker: 'algo-1-27', phase: 'DataLoaderWorker', name: 'worker', pid, startSeconds: T + 10, seconds: 100 };
    };
    const workers = [100, 101, 102, 103].map(life);
    const run = smallRun({
      samples: samples(4, 4),
      events: [...workers, ...fetches(20, 1, T + 11), step('TRAIN', 0, T + 170, 1)],
    });
    const [compat, fixed] = (['compat', 'fixed'] as const).map((mode) => runRule('Dataloader', run, mode).details);
    expect(compat).toMatchObject({ dataloaders: 1, dataloading_time: { p95: 100 } });
    expect(fixed).toMatchObject({ dataloaders: 4, dataloading_time: { p95: expect.closeTo(0.1, 9) } });
    expect(runRule('Dataloader', run, 'fixed').judgement).toMatchObject({ verdict: 'ok' });
  });

  test('Q14: the cores of two nodes with other names are one set in the service, a node’s own in fixed mode', () => {
    const second = samples(4, 2, 'algo-2').map((sample) => ({ ...sample, name: `other-${sample.name}` }));
    const run = smallRun({
      samples: [...samples(4, 2), ...second],
      events: [...fetches(20, 1, T + 20), step('TRAIN', 0, T + 170, 1)],
    });
    expect(runRule('Dataloader', run, 'compat').details.cores).toBe(4);
    expect(runRule('Dataloader', run, 'fixed').details.cores).toBe(2);
  });

  test('cores are those of the first minute that has any to the service, else those of the job', () => {
    const later = samples(4, 6).filter(({ seconds }) => seconds > T + MINUTE);
    const run = smallRun({
      samples: [...samples(4, 2), ...later],
      events: [...fetches(20, 1, T + 20), step('TRAIN', 0, T + 170, 1)],
    });
    expect((['compat', 'fixed'] as const).map((mode) => runRule('Dataloader', run, mode).details.cores)).toEqual([2, 6]);
  });

  test('settings come from the start of the iterator, in the order of the file', () => {
    const start: SmallEvent = {
      worker: 'algo-1-27',
      phase: 'DataLoaderIterInitialize',
      name: '_SingleProcessDataLoaderIter.__init__',
      startSeconds: T + 5,
      seconds: 0.1,
      details: { workers: 0, pinMemory: false },
    };
    const run = smallRun({ samples: samples(4), events: [start, ...fetches(20, 1, T + 20), step('TRAIN', 0, T + 170, 1)] });
    for (const mode of ['compat', 'fixed'] as const) {
      const { details } = runRule('Dataloader', run, mode);
      expect(Object.keys(details)).toEqual(['pin_memory', 'num_workers', 'cores', 'dataloaders', 'dataloading_time']);
      expect(details).toMatchObject({ pin_memory: false, num_workers: 0 });
    }
  });
});
