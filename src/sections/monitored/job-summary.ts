import type { Monitored, Phase, Subject } from '../../model/monitored.ts';
import type { Block, Fact } from '../../model/report.ts';
import { count, duration, list, number, percent, plural, utc, visibleName, visibleText } from '../../model/text.ts';
import { chart, column, factsBlock, info, table, warning } from '../section.ts';
import type { MonitoredSectionMaker } from './section.ts';
import { isThere, withoutEmpty } from './shown.ts';

/** Statuses before the instances are there: nobody pays for them. */
const WAITING = ['Pending', 'Starting', 'LaunchingMLInstances', 'PreparingTrainingStack', 'Interrupted'];
/** Statuses in which nothing happens any more. */
const OVER = ['Completed', 'Failed', 'Stopped', 'MaxRuntimeExceeded', 'MaxWaitTimeExceeded'];

/** How a job went: its status, its phases, and what its instances did in them. */
export const jobSummary: MonitoredSectionMaker = ({ monitored }) => {
  const { subject, series } = monitored;
  if (subject.kind === 'endpoint') return undefined;
  const phases = subject.phases.map((phase) => {
    const { startSeconds, endSeconds = OVER.includes(phase.status) ? startSeconds : monitored.endSeconds } = phase;
    return { ...phase, seconds: Math.max(0, endSeconds - startSeconds) };
  });
  const failed = subject.status === 'Failed' || subject.failureReason !== undefined;
  return {
    id: 'job-summary',
    title: `${subject.kind[0]?.toUpperCase()}${subject.kind.slice(1)} summary`,
    blocks: [
      factsBlock([...status(subject), ...times(subject, phases, monitored)]),
      ...(failed ? [warning(`It failed: ${visibleText(subject.failureReason ?? 'SageMaker tells no reason.')}`)] : []),
      ...(phases.length > 0
        ? phaseBlocks(phases)
        : [info('Its phases are not known: SageMaker was not asked, or tells none of such a job.')]),
      ...(series.length === 0
        ? [info('CloudWatch has no data of this job in this time; data quality tells what was asked for.')]
        : []),
    ],
  };
};

type Timed = Phase & { readonly seconds: number };

function status({ status, region, instanceType, instanceCount }: Subject): Fact[] {
  const type = instanceType && visibleName(instanceType);
  const region_ = region === undefined ? {} : { detail: visibleName(region) };
  const instances: Fact | undefined =
    instanceCount === undefined && type === undefined
      ? undefined
      : {
          label: 'Instances',
          value: instanceCount === undefined ? 'not known' : count(instanceCount),
          ...(type ? { detail: type } : {}),
        };
  return [status === undefined ? undefined : { label: 'Status', value: visibleName(status), ...region_ }, instances].filter(
    isThere,
  );
}

function times({ instanceCount }: Subject, phases: readonly Timed[], { startSeconds, endSeconds }: Monitored): Fact[] {
  if (phases.length === 0) return [{ label: 'Looked at', value: duration(endSeconds - startSeconds) }];
  const sum = (some: readonly Timed[]) => some.reduce((seconds, one) => seconds + one.seconds, 0);
  const running = sum(phases.filter((phase) => !WAITING.includes(phase.status)));
  const used: Fact = { label: 'On instances', value: duration(running), detail: 'about what is billed' };
  const hours =
    instanceCount === undefined ? [] : [{ label: 'Instance hours', value: number((instanceCount * running) / 3600, 2) }];
  return [
    { label: 'From first to last status', value: duration(sum(phases)), detail: plural(phases.length, 'phase') },
    used,
    ...hours,
  ];
}

function phaseBlocks(phases: readonly Timed[]): Block[] {
  const whole = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  const parts = phases.map(({ status, seconds }) => ({
    label: visibleName(status),
    value: whole > 0 ? (100 * seconds) / whole : 0,
    detail: duration(seconds),
  }));
  const columns = [
    ...['Status', 'From', 'To'].map(column.text),
    { ...column.seconds('Time'), digits: 0 },
    column.share('Share'),
    column.text('Message'),
  ];
  const rows = phases.map((phase, i) => [
    parts[i]?.label,
    utc(phase.startSeconds),
    phase.endSeconds !== undefined ? utc(phase.endSeconds) : OVER.includes(phase.status) ? undefined : 'still in it',
    phase.seconds,
    parts[i]?.value,
    phase.message && visibleText(phase.message),
  ]);
  const drawn = parts.filter(({ value }) => value > 0);
  const shares = chart({
    kind: 'shares',
    id: 'job-phases',
    title: 'Where the job’s time went',
    alt: `Of ${duration(whole)}: ${list(
      drawn.map(({ label, value }) => `${label} ${percent(value)}`),
      8,
    )}.`,
    parts: drawn,
  });
  return [...(drawn.length > 1 ? [shares] : []), table('job-phases-table', 'Phases of the job', ...withoutEmpty(columns, rows))];
}
