import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { randomLcg } from 'd3-random';

const SEED = 7;
const START_SECONDS = 1_700_000_000;
const DURATION_SECONDS = 3600;
const STEP_MICROS = 936_000;
/** A file is closed this long after the one before. */
const ROTATION_MICROS = 60e6;
/** What a writer gathers before it writes. */
const BUFFER = 2 ** 16;

const PHASES = [
  'DataLoaderIter',
  'Step:ModeKeys.TRAIN',
  'Forward',
  'Forward-SubModuleInternal',
  'cpu_functions',
  'gpu_functions-dev:0',
];
const MODULES = Array.from({ length: 17 }, (_, i) => `backbone.layer${1 + (i % 4)}.${i >> 2}.conv${1 + (i % 3)}`);
const OPERATORS = ['aten::conv2d', 'aten::batch_norm', 'aten::relu_', 'aten::add_', 'aten::cudnn_convolution', 'MmBackward'];

/**
 * Job F: an hour of framework events of eight workers, some 200 MB in files of a minute each, as the PyTorch hook leaves them: the name of
 * phase 0 is written again before each of its events. The same bytes each time. Returns their number.
 */
export function writeFrameworkEvents(folder: string, workers = 8): number {
  const root = join(folder, 'profiler-output', 'framework');
  let bytes = 0;
  for (let i = 0; i < workers; i++) bytes += writeWorker(root, `${27 + i}-algo-${1 + i}`, 27 + i, randomLcg((SEED + i) / 64));
  return bytes;
}

function writeWorker(folder: string, worker: string, pid: number, random: () => number): number {
  const base = START_SECONDS * 1e6 + Math.floor(random() * 1e6);
  let file = timeline(folder, worker, base);
  let [closed, at, bytes] = [0, 0, 0];
  for (let step = 0; at < DURATION_SECONDS * 1e6; step++) {
    const duration = Math.round(STEP_MICROS * (0.8 + 0.4 * random()));
    for (const line of stepLines(at, duration, step, pid, random)) file.line(line);
    at += duration;
    if (at - closed < ROTATION_MICROS) continue;
    bytes += file.close(at);
    file = timeline(folder, worker, base);
    closed = at;
  }
  return bytes + file.close(at);
}

function* stepLines(at: number, duration: number, step: number, pid: number, random: () => number): Generator<string> {
  const event = (phase: number, name: string, start: number, share: number, args: object) =>
    spaced({ name, pid: phase, ph: 'X', ts: Math.round(start), dur: Math.round(share), args });
  const step_num = String(step);
  yield* phaseLines(0, { name: PHASES[0] });
  yield event(0, '_MultiProcessingDataLoaderIter::GetNext', at, 0.1 * duration, { pid, worker_id: step % 4, step_num });
  for (const [i, name] of MODULES.entries()) {
    const share = (duration / MODULES.length) * 0.4;
    yield event(3, name, at + duration * 0.1 + i * share, share * random(), { pid, step_num });
  }
  for (const [i, name] of OPERATORS.entries()) {
    const [start, share] = [at + duration * (0.2 + i * 0.1), duration * 0.1 * random()];
    yield event(4, name, start, share, { tid: 1, step_num, device: 'cpu' });
    const args = {
      tid: 0,
      step_num,
      device: 'cuda:0',
      event_name: name,
      start_cpu_thread: 1,
      cpu_thread_start_time: Math.round(start),
    };
    yield event(5, name, start + 40, share * 0.7, args);
    yield event(5, `${name}_kernel`, start + 60, share * 0.6, args);
  }
  yield event(2, 'ResNet', at + duration * 0.1, duration * 0.4, { pid, step_num });
  yield event(1, PHASES[1] as string, at, duration, { pid, step_num });
}

function phaseLines(pid: number, args: object): string[] {
  return [
    spaced({ name: 'process_name', ph: 'M', pid, args }),
    spaced({ name: 'process_sort_index', ph: 'M', pid, args: { sort_index: pid } }),
  ];
}

/** As Python writes it. */
function spaced(value: object): string {
  const pairs = Object.entries(value).map(([key, part]) => {
    return `"${key}": ${typeof part === 'object' ? spaced(part) : JSON.stringify(part)}`;
  });
  return `{${pairs.join(', ')}}`;
}

/** A timeline file: its name, which tells when it ends, is given when it is closed. */
function timeline(folder: string, worker: string, base: number): { line(text: string): void; close(at: number): number } {
  mkdirSync(folder, { recursive: true });
  const written = join(folder, `${worker}_pythontimeline.json.tmp`);
  const file = openSync(written, 'w');
  let text = '[\n';
  let bytes = 0;
  const line = (added: string) => {
    text += `${added},\n`;
    if (text.length < BUFFER) return;
    bytes += writeSync(file, text.slice(0, -2));
    text = text.slice(-2);
  };
  for (const added of phaseLines(0, { start_time_since_epoch_in_micros: base })) line(added);
  for (const [pid, name] of PHASES.entries()) for (const added of phaseLines(pid, { name })) line(added);
  return {
    line,
    close(at) {
      bytes += writeSync(file, `${text.slice(0, -2)}\n]`);
      closeSync(file);
      const end = base + at;
      const hour = join(folder, 'pevents', new Date(end / 1000).toISOString().slice(0, 13).replace(/[-T]/g, ''));
      mkdirSync(hour, { recursive: true });
      renameSync(written, join(hour, `${end}_${worker}_pythontimeline.json`));
      return bytes;
    },
  };
}
