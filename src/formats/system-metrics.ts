import type { Damage } from '../model/run.ts';
import type { Metric, MetricFile, SystemMetrics } from '../model/system-metrics.ts';
import { Batches } from './system-metrics/batches.ts';
import { clockDamage } from './system-metrics/clock.ts';
import { FileDamage } from './system-metrics/file-damage.ts';
import { Interned, metricId } from './system-metrics/interned.ts';
import { misplacedRows } from './system-metrics/misplaced.ts';
import { readRecord } from './system-metrics/record.ts';
import { findRepeats } from './system-metrics/repeats.ts';

/** Reads the system files of a job, one after the other, by minute, then by node. */
export interface SystemMetricsReader {
  open(file: Pick<MetricFile, 'path' | 'node' | 'minuteSeconds'>): void;
  /** The next piece of the open file, cut anywhere; it is not kept. */
  push(chunk: Uint8Array): void;
  close(): void;
  finish(): { metrics: SystemMetrics; damage: Damage[] };
}

export function systemMetricsReader(): SystemMetricsReader {
  const batches = new Batches();
  const [nodes, names] = [new Interned(), new Interned()];
  const metrics = new Interned<Metric>();
  const files: MetricFile[] = [];
  const damage: Damage[] = [];
  let open: (Pick<MetricFile, 'path' | 'node' | 'minuteSeconds'> & { damage: FileDamage; firstBatch: number }) | undefined;
  let text = '';
  let decoder = new TextDecoder();
  let lines = 0;
  let lastLine = 0;

  function read(line: string) {
    lines++;
    if (line.trim() === '' || !open) return;
    lastLine = lines;
    const sample = readRecord(line);
    if (typeof sample === 'string') return open.damage.bad(lines, sample);
    const [node, metric, name] = [
      nodes.id(sample.node, sample.node),
      metricId(metrics, sample.type, sample.dimension),
      names.id(sample.name, sample.name),
    ];
    if (node < 0 || metric < 0 || name < 0) return open.damage.crowded();
    batches.add(node, metric, name, sample.seconds, sample.value);
  }

  return {
    open(file) {
      open = { ...file, damage: new FileDamage(file.path, file.node), firstBatch: batches.flush() };
      decoder = new TextDecoder();
      text = '';
      lines = lastLine = 0;
    },
    push(chunk) {
      const parts = (text + decoder.decode(chunk, { stream: true })).split('\n');
      text = parts.pop() ?? '';
      for (const part of parts) read(part);
    },
    close() {
      if (!open) return;
      read(text + decoder.decode());
      const { path, node, minuteSeconds, firstBatch } = open;
      files.push({ path, node, minuteSeconds, firstBatch, endBatch: batches.flush() });
      damage.push(...open.damage.all(lastLine));
      open = undefined;
    },
    finish() {
      const columns = { files, nodes: nodes.all, metrics: metrics.all, names: names.all, ...batches.columns() };
      const repeats = findRepeats(columns);
      damage.push(...misplacedRows(columns), ...clockDamage(columns), ...repeats.damage);
      return { metrics: { ...columns, isRepeat: repeats.isRepeat }, damage };
    },
  };
}
