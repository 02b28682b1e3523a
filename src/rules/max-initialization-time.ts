import { eventsWith } from '../measures/events-with.ts';
import { jobSpan, sampledSpan } from '../measures/job-span.ts';
import { isStepName } from '../measures/steps.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Span } from '../model/issue.ts';
import type { TrainingRun } from '../model/run.ts';
import { duration, number, percent } from '../model/text.ts';
import { type Judgement, MANY, notJudged, type Rule, type RuleRun, type RunContext } from './rule.ts';

/** A step this far from the samples, and farther than they reach, is of a clock that was wrong. */
const FAR_SECONDS = 3600;

export const maxInitializationTime: Rule<'MaxInitializationTime'> = {
  name: 'MaxInitializationTime',
  title: 'Initialization time',
  judges: 'training',
  sectionId: 'initialization',
  defaults: { threshold: '20' },
  ranges: { threshold: MANY },
  needs: ['details'],
  checks: (p) => `Does it take more than ${number(p('threshold'))} minutes from the first sample to the first step?`,
  run: (run, context) => (context.mode === 'compat' ? asService(run, context) : overWholeJob(run, context)),
  // The service's rule reads a clock that stands still and can never fire (Q8): judged anew from `step_num`.
  judge(report, facts, p) {
    const seconds = facts.initializationSeconds;
    if (seconds === undefined) {
      if (report.datapoints === 0)
        return notJudged('no step data', 'No steps were profiled, so the start of the training loop is not known.');
      return notJudged('times missing', 'The file does not tell when the job and its first step began, or not in this order.');
    }
    const { startSeconds = 0, endSeconds = 0 } = facts.job;
    return verdict(seconds, p('threshold'), endSeconds - startSeconds, 'the first sample');
  },
};

/** `last` is the step that was read last, and the rule never fires. */
function asService({ metrics, events }: TrainingRun, { scans }: RunContext): RuleRun {
  const isStep = events.names.map(isStepName);
  const stepNum: { first?: number; last?: number } = {};
  let [datapoints, start, end] = [0, Infinity, -Infinity];
  for (const scan of scans) {
    for (const batch of scan.batches) {
      start = Math.min(start, metrics.seconds[batch] as number);
      end = Math.max(end, metrics.seconds[batch] as number);
    }
    for (const event of scan.events) {
      if (!isStep[events.name[event] as number]) continue;
      stepNum[datapoints++ === 0 ? 'first' : 'last'] = Math.trunc(events.startMicros[event] as number);
    }
  }
  const span = start > end ? {} : { job_start: start, job_end: end };
  return { triggered: 0, violations: 0, datapoints, details: { step_num: stepNum, ...span }, issues: [] };
}

/** The first and last step of the job; fires where the first one came too late (Q8). */
function overWholeJob(run: TrainingRun, { parameter }: RunContext): RuleRun {
  const { metrics, events } = run;
  const isSampled = metrics.batchCount > 0;
  const span = isSampled ? sampledSpan(run) : jobSpan(run);
  const { count, first, last } = stepTimes(events, span);
  if (span === undefined || first === undefined || last === undefined) {
    const times = span ? { job_start: span.startSeconds, job_end: span.endSeconds } : {};
    return { triggered: 0, violations: 0, datapoints: count, details: { step_num: {}, ...times }, issues: [] };
  }
  const seconds = first / 1e6 - span.startSeconds;
  const limit = parameter('threshold');
  const late = seconds > 60 * limit;
  const judgement = verdict(
    seconds,
    limit,
    span.endSeconds - span.startSeconds,
    isSampled ? 'the first sample' : 'the first event of the framework',
  );
  const evidence = `${judgement.finding} The limit is ${number(limit)} min.`;
  return {
    triggered: Number(late),
    violations: Number(late),
    datapoints: count,
    details: {
      step_num: { first: Math.trunc(first), last: Math.trunc(last) },
      job_start: span.startSeconds,
      job_end: span.endSeconds,
    },
    issues: late ? [{ evidence, spans: [{ startSeconds: span.startSeconds, endSeconds: first / 1e6 }] }] : [],
    // Without samples nobody knows how long the job had been running.
    ...(isSampled
      ? {}
      : { judgement: late ? judgement : notJudged('no samples', `${judgement.finding} When the job began is not known.`) }),
  };
}

/** Number of steps, and the start of the first and last of those near the span of the job: a clock that was wrong tells nothing. Microseconds. */
function stepTimes(events: FrameworkEvents, span: Span | undefined): { count: number; first?: number; last?: number } {
  const steps = eventsWith(events, 'name', isStepName);
  const { startSeconds = 0, endSeconds = 0 } = span ?? {};
  const margin = Math.max(FAR_SECONDS, endSeconds - startSeconds);
  const [from, to] = [(startSeconds - margin) * 1e6, (endSeconds + margin) * 1e6];
  let [first, last] = [Infinity, -Infinity];
  for (const step of steps) {
    const start = events.startMicros[step] as number;
    if (start < from || start > to) continue;
    first = Math.min(first, start);
    last = Math.max(last, start);
  }
  return first > last ? { count: steps.length } : { count: steps.length, first, last };
}

function verdict(seconds: number, limitMinutes: number, jobSeconds: number, since: string): Judgement {
  const share = jobSeconds > 0 ? ` (${percent((100 * seconds) / jobSeconds)} of the job)` : '';
  const finding = `The first step came ${duration(seconds)} after ${since}${share}.`;
  const reason = `${duration(seconds)}, limit ${number(limitMinutes)} min`;
  if (seconds <= 60 * limitMinutes) return { verdict: 'ok', reason, finding };
  return {
    verdict: 'issue',
    reason,
    finding,
    action:
      'Shorten the way to the first step: stream data in place of downloading it, cache images and weights, cut warm-up and compilation.',
    weight: jobSeconds > 0 ? Math.min(1, seconds / jobSeconds) : 0.3,
  };
}
