import type { Damage } from '../model/run.ts';
import type { MetricFile, SystemMetrics } from '../model/system-metrics.ts';
import { Batches } from './system-metrics/batches.ts';
import { clockDamage } from './system-metrics/clock.ts';
import { FAMILIAR_BYTES, Familiar } from './system-metrics/familiar.ts';
import { FileDamage } from './system-metrics/file-damage.ts';
import { Interned, Metrics } from './system-metrics/interned.ts';
import { Lines, MAX_LINE } from './system-metrics/lines.ts';
import { misplacedRows } from './system-metrics/misplaced.ts';
import { isMoment, readRecord } from './system-metrics/record.ts';
import { findRepeats } from './system-metrics/repeats.ts';
import { hundredthsOf } from './system-metrics/rows.ts';
import { Scanner } from './system-metrics/scanner.ts';

type File = Pick<MetricFile, 'path' | 'node' | 'minuteSeconds'>;

/** Reads the system files of a job, one after the other, by minute, then by node. */
export interface SystemMetricsReader {
  open(file: File): void;
  /** The next piece of the open file, cut anywhere; it is not kept. */
  push(chunk: Uint8Array): void;
  close(): void;
  finish(): { metrics: SystemMetrics; damage: Damage[] };
}

export function systemMetricsReader(): SystemMetricsReader {
  return new Reader();
}

/** In place of a line that is longer than any sample: no JSON either. */
const TOO_LONG = '…';

/** Each line goes the shortest way that can read it: one like those before it, a plain object, any JSON. */
class Reader implements SystemMetricsReader {
  readonly #batches = new Batches();
  readonly #nodes = new Interned();
  readonly #names = new Interned();
  readonly #metrics = new Metrics();
  readonly #familiar = new Familiar(this.#names);
  readonly #scanner = new Scanner();
  readonly #lines = new Lines((bytes, from, to) => this.#read(bytes, from, to));
  readonly #decoder = new TextDecoder();
  readonly #files: MetricFile[] = [];
  readonly #damage: Damage[] = [];
  #file: File = { path: '', node: '', minuteSeconds: 0 };
  #fileDamage = new FileDamage('', '');
  #firstBatch = 0;
  #line = 0;
  #lastFilled = 0;

  open(file: File): void {
    this.#file = file;
    this.#fileDamage = new FileDamage(file.path, file.node);
    this.#firstBatch = this.#batches.flush();
    this.#line = this.#lastFilled = 0;
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk);
  }

  close(): void {
    this.#lines.end();
    const { path, node, minuteSeconds } = this.#file;
    this.#files.push({ path, node, minuteSeconds, firstBatch: this.#firstBatch, endBatch: this.#batches.flush() });
    this.#damage.push(...this.#fileDamage.all(this.#lastFilled));
  }

  finish(): { metrics: SystemMetrics; damage: Damage[] } {
    const ids = { nodes: this.#nodes.texts, metrics: this.#metrics.all, names: this.#names.texts };
    const columns = { files: this.#files, ...ids, ...this.#batches.columns() };
    const { damage, ...repeats } = findRepeats(columns);
    const all = [...this.#damage, ...misplacedRows(columns), ...clockDamage(columns), ...damage];
    return { metrics: { ...columns, ...repeats }, damage: all };
  }

  /** Whole lines, each with its line feed. */
  #read(bytes: Uint8Array, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const familiar = this.#familiar;
    const { tail } = familiar;
    const lastFamiliar = bytes.length - FAMILIAR_BYTES;
    for (let at = from; at < to; ) {
      this.#line++;
      let next = at <= lastFamiliar ? familiar.read(bytes, view, at) : -1;
      if (next >= 0) {
        this.#lastFilled = this.#line;
        this.#batches.add(tail.node, familiar.metric, familiar.name, tail.seconds, familiar.hundredths, familiar.value);
      } else {
        next = bytes.indexOf(0x0a, at) + 1;
        this.#readLine(bytes, view, at, next - 1);
      }
      at = next;
    }
  }

  #readLine(bytes: Uint8Array, view: DataView, from: number, to: number): void {
    const scanner = this.#scanner;
    if (to - from > MAX_LINE) this.#readText(TOO_LONG);
    else if (!scanner.scan(bytes, from, to) || !isMoment(scanner.seconds)) {
      this.#readText(this.#decoder.decode(bytes.subarray(from, to)));
    } else {
      const node = this.#nodes.idOfBytes(bytes, scanner.node.from, scanner.node.to);
      const metric = this.#metrics.idOfBytes(bytes, scanner.type, scanner.dimension);
      const name = this.#names.idOfBytes(bytes, scanner.name.from, scanner.name.to);
      const fits = this.#add(node, metric, name, scanner.seconds, scanner.value);
      if (fits) this.#familiar.learn(bytes, view, from, to, metric, node, name, scanner);
    }
  }

  #readText(line: string): void {
    if (line.trim() === '') return;
    this.#lastFilled = this.#line;
    const sample = readRecord(line);
    if (typeof sample === 'string') this.#fileDamage.bad(this.#line, sample);
    else {
      const { node, type, dimension, name, seconds, value } = sample;
      this.#add(this.#nodes.id(node), this.#metrics.id(type, dimension), this.#names.id(name), seconds, value);
    }
  }

  #add(node: number, metric: number, name: number, seconds: number, value: number): boolean {
    this.#lastFilled = this.#line;
    const fits = node >= 0 && metric >= 0 && name >= 0;
    if (fits) this.#batches.add(node, metric, name, seconds, hundredthsOf(value), value);
    else this.#fileDamage.crowded();
    return fits;
  }
}
