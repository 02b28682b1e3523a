import { stepFinder } from '../measures/step-finder.ts';
import { isStepName } from '../measures/steps.ts';
import { eventsWithin, metricName, stepNumber } from './framework.ts';
import { STATISTICS, statistics } from './statistics.ts';
import type { DataTable, TableInput } from './table.ts';
import { real, text, whole } from './table.ts';
import { endMicros } from './times.ts';

/**
 * How long steps, and what is done in them, take: B8 of the originals. Each value is the time from the first start to the last end of one
 * thing within one step of one worker. By training phase these are the steps themselves.
 */
export function stepsTable({ run: { events }, window }: TableInput): DataTable {
  return {
    name: 'steps',
    columns: [text('by'), text('name'), whole('steps'), ...STATISTICS.map((name) => real(`duration_${name}_us`))],
    *rows() {
      const stepOf = stepFinder(events);
      const groups = new Map<string, Group>();
      const add = (by: string, name: string, step: string, event: number) => {
        const key = `${by} ${name}`;
        const group = groups.get(key) ?? { by, name, spans: new Map() };
        groups.set(key, group);
        const [from, to] = [events.startMicros[event] as number, endMicros(events, event)];
        const span = group.spans.get(step);
        group.spans.set(step, span ? [Math.min(span[0], from), Math.max(span[1], to)] : [from, to]);
      };
      for (const event of eventsWithin(events, window)) {
        const enclosing = stepOf(event);
        const number = stepNumber(events, event);
        if (enclosing === -1 && number === -1) continue;
        const step = enclosing === -1 ? `${events.worker[event]}:${number}` : String(enclosing);
        const process = events.phases[events.phase[event] as number] as string;
        if (isStepName(process)) add('training_phase', process, step, event);
        add('framework_metric', metricName(events, event), step, event);
        add('process', process, step, event);
      }
      const order = ['training_phase', 'process', 'framework_metric'];
      for (const { by, name, spans } of [...groups.values()].sort((a, b) => order.indexOf(a.by) - order.indexOf(b.by))) {
        const durations = Array.from(spans.values(), ([from, to]) => to - from);
        yield [by, name, durations.length, ...statistics(durations)];
      }
    },
  };
}

interface Group {
  readonly by: string;
  readonly name: string;
  /** First start and last end by step, microseconds since the epoch. */
  readonly spans: Map<string, readonly [number, number]>;
}
