import { dataLoading, eventsOfLoader, type SlowLoad, type Timing } from '../measures/data-loading.ts';
import { quantile, sorted } from '../measures/quantile.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Block } from '../model/report.ts';
import type { Analysis } from '../model/rule-output.ts';
import { byNumber, duration, list, plural, utc, visibleName } from '../model/text.ts';
import { pointGroups } from './points.ts';
import { chart, column, info, table } from './section.ts';
import type { TimeContext } from './time-context.ts';

/** Workers with a colour of their own in the chart, and points of all of them. */
const MAX_WORKERS = 8;
const MAX_POINTS = 2000;

/** What the data loader of the job did, from its own events: starts, processes, fetches, time from batch to batch. */
export function dataLoaderBlocks({ run: { events } }: Analysis, time: TimeContext | undefined): Block[] {
  const { starts, workers, fetches, batches } = dataLoading(events);
  const blocks: Block[] = [...fetchChart(events, time)];
  if (starts.length > 0) {
    blocks.push(
      table(
        'data-loader-starts',
        'Starts of the data loader',
        [column.text('Kind'), column.count('Processes'), column.text('Pinned memory'), ...TIMING],
        starts.map((one) => [visibleName(one.type), one.workers, yesNo(one.pinMemory), ...timing(one)]),
      ),
    );
  }
  if (workers.count + fetches.count > 0) {
    const rows = [
      { what: 'Life of a worker process', ...workers },
      { what: 'Fetch of a batch', ...fetches },
    ];
    blocks.push(
      table(
        'data-loader-timing',
        'Worker processes and fetches',
        [column.text('What'), ...TIMING],
        rows.filter((row) => row.count > 0).map((row) => [row.what, ...timing(row)]),
      ),
    );
  }
  if (batches.length > 0) {
    blocks.push(
      table(
        'data-loader-batches',
        'Time from batch to batch',
        [column.text('Worker'), { label: 'Process', kind: 'number', digits: 0 }, ...TIMING],
        batches
          .toSorted((a, b) => byNumber(a.worker, b.worker) || a.pid - b.pid)
          .map((one) => [visibleName(one.worker), one.pid, ...timing(one)]),
      ),
    );
  }
  if (fetches.outliers.length > 0) blocks.push(slowest('data-loader-slow', 'Slow fetches, the slowest first', fetches.outliers));
  if (blocks.length > 0) blocks.push(info('Slow is what takes at least twice the median.'));
  return blocks;
}

const TIMING = [column.count('Count'), column.seconds('Median'), column.seconds('Longest'), column.count('Slow')];

function timing({ count, medianSeconds, maxSeconds, outliers }: Timing) {
  return [count, medianSeconds, maxSeconds, outliers.length];
}

function yesNo(value: boolean | undefined): string {
  return value === undefined ? '' : value ? 'yes' : 'no';
}

function slowest(id: string, title: string, loads: readonly SlowLoad[]) {
  return table(
    id,
    title,
    [column.text('Worker'), column.count('Process'), column.text('When'), column.seconds('Time')],
    loads
      .toSorted((a, b) => b.seconds - a.seconds)
      .map(({ worker, workerId, startSeconds, seconds }) => [visibleName(worker), workerId, utc(startSeconds), seconds]),
  );
}

/** Each fetch over time. */
function fetchChart(events: FrameworkEvents, time: TimeContext | undefined): Block[] {
  const byWorker = [
    ...Map.groupBy(eventsOfLoader(events).fetch, (event) => events.workers[events.worker[event] as number] as string),
  ];
  if (time === undefined || byWorker.length === 0) return [];
  const drawn = byWorker.sort(([a], [b]) => byNumber(a, b)).slice(0, MAX_WORKERS);
  const fetches = drawn.map(([worker, own]) => fetchesOf(events, worker, own));
  return [
    chart({
      kind: 'points',
      id: 'data-loader-fetches',
      title: `Time to fetch each batch${byWorker.length > drawn.length ? `, the first ${drawn.length} of ${plural(byWorker.length, 'worker')}` : ''}`,
      alt: `${list(fetches.map(({ label, medianSeconds }) => `${label} median ${duration(medianSeconds)}`))}.`,
      valueTitle: 'Time to fetch',
      unit: 's',
      ...time.frame([], {}),
      groups: pointGroups(fetches, MAX_POINTS),
    }),
  ];
}

function fetchesOf({ startMicros, durationMicros, steps, step }: FrameworkEvents, worker: string, own: readonly number[]) {
  const ordered = own.toSorted((a, b) => (startMicros[a] as number) - (startMicros[b] as number));
  const seconds = (micros: Float64Array) => Float64Array.from(ordered, (event) => (micros[event] as number) / 1e6);
  const durationSeconds = seconds(durationMicros);
  const medianSeconds = quantile(sorted(durationSeconds), 0.5);
  return {
    label: visibleName(worker),
    startSeconds: seconds(startMicros),
    durationSeconds,
    numbers: ordered.map((event) => steps[step[event] as number] ?? ''),
    medianSeconds,
    flagged: [...durationSeconds.keys()].filter((i) => (durationSeconds[i] as number) >= Math.max(2 * medianSeconds, 1e-9)),
  };
}
