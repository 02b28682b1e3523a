import { loadingKinds } from '../measures/data-loading.ts';
import { coresOf } from '../measures/node-cores.ts';
import { quantile, sorted } from '../measures/quantile.ts';
import type { TrainingRun } from '../model/run.ts';
import { fitOf, PATIENCE } from './dataloader-verdict.ts';
import { type LoaderSettings, loadingTime, settingsOf } from './loader-details.ts';
import type { RuleRun, RunContext } from './rule.ts';

/** The service forgets what it has seen beyond so many seconds. */
const MOST_SECONDS = 1000;

/** As the service: lives of workers among the fetches, an event in two scans twice (Q13), cores of all nodes as one (Q14). */
export function dataloaderOfService({ metrics, events }: TrainingRun, { parameter, scans }: RunContext): RuleRun {
  const kinds = loadingKinds(events);
  const isPrefetch = events.names.map((name) => name.includes('Prefetch'));
  const settings: LoaderSettings = {};
  const seconds: number[] = [];
  const details = new Map<string, unknown>();
  let loaders: number[] = [];
  let cores = 0;
  let violations = 0;
  for (const scan of scans) {
    if (cores === 0) cores = new Set([...coresOf(metrics, scan.batches).values()].flatMap((names) => [...names])).size;
    /** By second, the processes that loaded. */
    const processes = new Map<number, Set<number>>();
    for (const event of scan.events) {
      if (isPrefetch[events.name[event] as number]) settings.prefetch = true;
      const kind = kinds[events.phase[event] as number];
      if (kind === 'start') Object.assign(settings, settingsOf(events, event));
      if (kind !== 'worker' && kind !== 'fetch') continue;
      delete settings.prefetch;
      seconds.push((events.durationMicros[event] as number) / 1e6);
      const second = Math.floor((events.startMicros[event] as number) / 1e6);
      const known = processes.get(second) ?? new Set();
      processes.set(second, events.hasPid(event) ? known.add(events.pid[event] as number) : known);
    }
    if (processes.size === 0) continue;
    for (const { size } of processes.values()) loaders.push(size);
    const typical = Math.trunc(quantile(sorted(loaders), 0.5));
    if (loaders.length > PATIENCE && fitOf({ loaders: typical, cores }, parameter) !== 'fitting') violations++;
    for (const key of ['pin_memory', 'num_workers', 'prefetch'] as const) {
      if (settings[key] !== undefined) details.set(key, settings[key]);
    }
    details.set('cores', cores).set('dataloaders', typical).set('dataloading_time', undefined);
    if (loaders.length > MOST_SECONDS) loaders = [];
  }
  if (seconds.length > 0) details.set('dataloading_time', loadingTime(seconds));
  const counted = { triggered: Number(violations > 0), violations, datapoints: seconds.length };
  return { ...counted, details: Object.fromEntries(details), issues: [] };
}
