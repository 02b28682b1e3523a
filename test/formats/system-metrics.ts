import { systemMetricsReader } from '../../src/formats/system-metrics.ts';
import type { SystemMetrics } from '../../src/model/system-metrics.ts';

/** A line of a system file: a core's utilization, but for what is given; undefined leaves a key out. */
export function line(record: Record<string, unknown>): string {
  const usual = {
    Type: 'cpu',
    Name: 'cpu0',
    Dimension: 'CPUUtilization',
    Value: 12.5,
    NodeId: 'algo-1',
    Timestamp: 1_700_000_040.5,
  };
  const text = JSON.stringify({ ...usual, ...record });
  return `${Object.is(record.Value, -0) ? text.replace('"Value":0', '"Value":-0') : text}\n`;
}

export interface File {
  readonly text: string | Uint8Array;
  readonly minuteSeconds?: number;
  readonly node?: string;
}

/** Reads files in this order, cut into chunks of so many bytes. */
export function readFiles(files: readonly File[], chunkBytes = Number.POSITIVE_INFINITY) {
  const reader = systemMetricsReader();
  for (const [i, { text, minuteSeconds = 1_700_000_040, node = 'algo-1' }] of files.entries()) {
    reader.open({ path: `f${i}`, node, minuteSeconds });
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    for (let at = 0; at < bytes.length; at += chunkBytes) reader.push(bytes.slice(at, at + chunkBytes));
    reader.close();
  }
  return reader.finish();
}

export function read(text: File['text'], file: Omit<File, 'text'> = {}, chunkBytes?: number) {
  return readFiles([{ text, ...file }], chunkBytes);
}

export type Row = [type: string, name: string, dimension: string, value: number, node: string, seconds: number];

/** All rows, as the columns hold them. */
export function rows(metrics: SystemMetrics): Row[] {
  const all: Row[] = [];
  for (let batch = 0; batch < metrics.batchCount; batch++) {
    const { type = '?', dimension = '?' } = metrics.metrics[metrics.metric[batch] ?? -1] ?? {};
    const node = metrics.nodes[metrics.node[batch] ?? -1] ?? '?';
    for (let row = metrics.firstRow[batch] ?? 0; row < (metrics.firstRow[batch + 1] ?? 0); row++) {
      const name = metrics.names[metrics.nameOf(row)] ?? '?';
      all.push([type, name, dimension, metrics.valueOf(row), node, metrics.seconds[batch] ?? Number.NaN]);
    }
  }
  return all;
}
