import { eventsOfLoader } from '../measures/data-loading.ts';
import { type LoaderSecond, loadersAtWork } from '../measures/loaders-at-work.ts';
import { nodeSums } from '../measures/node-sums.ts';
import type { Scanned } from '../measures/scanned.ts';
import { optional } from '../model/optional.ts';
import type { TrainingRun } from '../model/run.ts';
import { number, plural } from '../model/text.ts';
import { fitOf, loadersFinding, loadersFit, loadersMisfit, PATIENCE, tooFewSeconds } from './dataloader-verdict.ts';
import { type LoaderSettings, loadingTime, settingsOf } from './loader-details.ts';
import { issueOver, scannedRows } from './raw.ts';
import { notJudged, type RuleRun, type RunContext } from './rule.ts';
import type { Scan } from './scans.ts';

/** Each event once, loaders counted by node, only fetches timed, and a verdict only from enough distinct seconds on (Q13, Q14). */
export function dataloaderOfJob(run: TrainingRun, context: RunContext): RuleRun {
  const { events } = run;
  const { parameter, scans } = context;
  const { start, worker, fetch } = eventsOfLoader(events);
  const datapoints = worker.length + fetch.length;
  if (datapoints === 0) return { triggered: 0, violations: 0, datapoints, details: {}, issues: [] };
  const seconds = loadersAtWork(events, { worker, fetch });
  const cores = coresOfNode(scannedRows(run, context));
  const fitting = (loaders: number) => fitOf({ loaders, cores }, parameter);
  const looks = looksAt(seconds, scans).map(({ distinct, loaders }) => ({ distinct, loaders, fit: fitting(loaders) }));
  const violations = looks.filter(({ distinct, fit }) => distinct > PATIENCE && fit !== undefined && fit !== 'fitting').length;
  const { distinct = 0, loaders = 0, fit } = looks.at(-1) ?? {};
  const settings: LoaderSettings = {};
  for (const event of start) Object.assign(settings, settingsOf(events, event));
  const fetchSeconds = fetch.map((event) => (events.durationMicros[event] as number) / 1e6);
  const counted = {
    triggered: Number(violations > 0),
    violations,
    datapoints,
    details: {
      ...settings,
      ...(events.names.some((name) => name.includes('Prefetch')) ? { prefetch: true } : {}),
      ...optional('cores', cores),
      dataloaders: loaders,
      ...(fetch.length > 0 ? { dataloading_time: loadingTime(fetchSeconds) } : {}),
    },
    issues: [],
  };
  const seen = { loaders, cores, workers: settings.num_workers, pinMemory: settings.pin_memory, events: datapoints };
  const finding = loadersFinding(seen);
  if (cores === undefined || fit === undefined)
    return { ...counted, judgement: notJudged('no CPU samples', `${finding} How many cores there are is not known.`) };
  if (distinct <= PATIENCE) return { ...counted, judgement: tooFewSeconds(finding, fit) };
  if (fit === 'fitting') return violations > 0 ? counted : { ...counted, judgement: loadersFit(finding) };
  const limits = ['min_threshold', 'max_threshold'].map((name) => number((cores * parameter(name)) / 100, 1));
  const evidence = `${plural(loaders, 'loader was', 'loaders were')} at work at a time (the median of ${plural(distinct, 'second')} with data loading) on ${plural(cores, 'core')}; the limits are ${limits.join(' and ')}.`;
  const mayHaveGpus = run.metrics.metrics.some(({ dimension }) => dimension === 'GPUUtilization');
  return {
    ...counted,
    issues: [
      issueOver(
        { evidence },
        seconds.map(({ second }) => ({ startSeconds: second, endSeconds: second + 1 })),
        1,
      ),
    ],
    judgement: loadersMisfit(finding, fit, seen, mayHaveGpus),
  };
}

/** Distinct seconds and the median number of loaders, after each scan in which something was loaded. */
function looksAt(seconds: readonly LoaderSecond[], scans: readonly Scan[]): { distinct: number; loaders: number }[] {
  const distinct = new Set<number>();
  /** How many seconds had so many loaders. */
  const counts: number[] = [];
  let looked = 0;
  return scans.flatMap(({ endMicros }) => {
    const before = looked;
    for (let next = seconds[looked]; next && next.second * 1e6 < endMicros; next = seconds[++looked]) {
      distinct.add(next.second);
      counts[next.loaders] = (counts[next.loaders] ?? 0) + 1;
    }
    return looked === before
      ? []
      : [
          {
            distinct: distinct.size,
            loaders: Math.trunc((nth(counts, Math.floor((looked - 1) / 2)) + nth(counts, Math.floor(looked / 2))) / 2),
          },
        ];
  });
}

/** The n-th smallest of numbers given by how often each is there. */
function nth(counts: readonly number[], n: number): number {
  let below = 0;
  return counts.findIndex((some = 0) => {
    below += some;
    return below > n;
  });
}

/** Cores of the largest node, over the whole job: the first minute may hold a stray sample only. */
function coresOfNode(scanned: Scanned): number | undefined {
  const known = [...nodeSums(scanned, 'CPUUtilization').nodes.values()];
  return known.length === 0 ? undefined : known.reduce((most, { names }) => Math.max(most, names), 0);
}
