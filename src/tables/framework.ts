import { stepFinder } from '../measures/step-finder.ts';
import type { FrameworkEvents } from '../model/framework-events.ts';
import type { Span } from '../model/issue.ts';
import type { Cell, DataColumn, DataTable, TableInput } from './table.ts';
import { flag, real, text, whole } from './table.ts';
import { endMicros, microsWindow, timestamp } from './times.ts';

const COLUMNS: readonly DataColumn[] = [
  ...[text('start_time'), text('end_time'), real('start_time_us'), real('end_time_us')],
  ...[whole('tid'), whole('pid'), text('framework_metric'), whole('step'), whole('bytes'), text('process'), text('nodeID')],
];

/** Of PyTorch's data loader, and TensorFlow's data sets. */
const LOADING_PHASES = ['DataLoaderIterInitialize', 'DataLoaderIter', 'DataLoaderWorker', 'DataIterator'];

/** Every event once: B2 of the originals, in the window B3; `enclosing_step` fills in missing step numbers (B12). */
export function frameworkTable({ run: { events }, originSeconds, window }: TableInput): DataTable {
  return {
    name: 'framework',
    columns: [...COLUMNS, whole('enclosing_step')],
    *rows() {
      const stepOf = stepFinder(events);
      for (const event of eventsWithin(events, window)) {
        const own = stepNumber(events, event);
        const enclosing = own === -1 ? stepOf(event) : -1;
        yield [...cells(events, event, originSeconds), enclosing === -1 ? own : stepNumber(events, enclosing)];
      }
    },
  };
}

/** Events of the data loader, with its settings: B4 of the originals. */
export function dataLoaderTable({ run: { events }, originSeconds, window }: TableInput): DataTable {
  const isLoading = events.phases.map((phase) => LOADING_PHASES.includes(phase));
  const isLoader = events.names.map((name) => /DataLoader|dataset::GetNext/i.test(name));
  return {
    name: 'dataloader',
    columns: [...COLUMNS, real('duration_us'), whole('worker_id'), whole('num_workers'), flag('pin_memory')],
    *rows() {
      for (const event of eventsWithin(events, window)) {
        if (!isLoading[events.phase[event] as number] && !isLoader[events.name[event] as number]) continue;
        const { workerId, workers, pinMemory } = events.details.get(event) ?? {};
        const duration = events.durationMicros[event] as number;
        yield [...cells(events, event, originSeconds), duration, workerId ?? null, workers ?? null, pinMemory ?? null];
      }
    },
  };
}

/** Events that are not over before the window and do not begin after it, each once, in the order of the files. */
export function* eventsWithin(events: FrameworkEvents, window: Span): Iterable<number> {
  const { from, to } = microsWindow(window);
  for (let event = 0; event < events.count; event++) {
    if (events.isRepeat(event)) continue;
    if (endMicros(events, event) >= from && (events.startMicros[event] as number) <= to) yield event;
  }
}

/** What the originals call an event: its layer or the name in its arguments, else its own. */
export function metricName({ details, names, name }: FrameworkEvents, event: number): string {
  return details.get(event)?.layer ?? (names[name[event] as number] as string);
}

/** -1 where the event belongs to no step. */
export function stepNumber({ steps, step }: FrameworkEvents, event: number): number {
  const number = Number(steps[step[event] as number] ?? -1);
  return Number.isSafeInteger(number) ? number : -1;
}

function cells(events: FrameworkEvents, event: number, originSeconds: number): Cell[] {
  const start = events.startMicros[event] as number;
  const end = endMicros(events, event);
  return [
    timestamp(start),
    timestamp(end),
    start - originSeconds * 1e6,
    end - originSeconds * 1e6,
    Math.trunc(events.tid[event] as number),
    Math.trunc(events.pid[event] as number),
    metricName(events, event),
    stepNumber(events, event),
    events.details.get(event)?.bytes ?? -1,
    events.phases[events.phase[event] as number] as string,
    events.workers[events.worker[event] as number] as string,
  ];
}
