import type { Cell, DataTable, TableInput } from './table.ts';
import { real, text, whole } from './table.ts';
import { microsOf, microsWindow, timestamp } from './times.ts';

/** Every sample once, in arrival order: B1 of the originals, in the window B3. */
export function systemTable({ run: { metrics }, originSeconds, window }: TableInput): DataTable {
  return {
    name: 'system',
    columns: [
      text('timestamp'),
      whole('timestamp_us'),
      real('value'),
      ...[text('system_metric'), text('dimension'), text('nodeID'), text('type')],
    ],
    *rows() {
      const { from, to } = microsWindow(window);
      for (let batch = 0; batch < metrics.batchCount; batch++) {
        const micros = microsOf(metrics.seconds[batch] as number);
        if (!(micros >= from && micros <= to)) continue;
        const [time, relative] = [timestamp(micros), micros - originSeconds * 1e6];
        const node = metrics.nodes[metrics.node[batch] as number] as string;
        const { type = '', dimension = '' } = metrics.metrics[metrics.metric[batch] as number] ?? {};
        const end = metrics.firstRow[batch + 1] as number;
        for (let row = metrics.firstRow[batch] as number; row < end; row++) {
          if (metrics.isRepeat(row)) continue;
          const name = metrics.names[metrics.nameOf(row)] as string;
          yield [time, relative, metrics.valueOf(row), name, dimension, node, type] satisfies Cell[];
        }
      }
    },
  };
}
