import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shuffler } from 'd3-array';
import { randomLcg } from 'd3-random';

/** What a job of system metrics has of everything. */
export interface RawJob {
  readonly nodes: number;
  readonly gpus: number;
  readonly cores: number;
  readonly minutes: number;
  readonly intervalSeconds: number;
}

/** One large machine for an hour, and eight of them. */
export const JOB_A: RawJob = { nodes: 1, gpus: 8, cores: 96, minutes: 60, intervalSeconds: 0.5 };
export const JOB_B: RawJob = { ...JOB_A, nodes: 8 };

const START_SECONDS = 1_700_000_040;
/** Cores come in another order in one moment of so many. */
const SHUFFLED = 10;

/** Writes a job as its profiler leaves it, file by file, the same bytes each time; returns the size of its system files. */
export function writeRawJob(folder: string, job: RawJob): number {
  let bytes = 0;
  for (let node = 1; node <= job.nodes; node++) {
    const sample = sampler(`algo-${node}`, job, randomLcg(node / 64));
    for (let minute = 0; minute < job.minutes; minute++) {
      const start = START_SECONDS + minute * 60;
      const hour = new Date(start * 1000).toISOString().slice(0, 13).replaceAll(/\D/g, '');
      const system = join(folder, 'profiler-output', 'system');
      mkdirSync(join(system, 'incremental', hour), { recursive: true });
      const path = join(system, 'incremental', hour, `${start}.algo-${node}.json`);
      let text = '';
      for (let tick = 0; tick < 60 / job.intervalSeconds; tick++) text += sample(start + (tick + 0.4) * job.intervalSeconds);
      writeFileSync(path, text);
      bytes += statSync(path).size;
    }
  }
  writeFileSync(join(folder, 'profiler-output', 'system', 'training_job_end.ts'), '');
  return bytes;
}

/** All rows of one moment: utilizations walk, the device and the network come in spells, the network lags. */
function sampler(node: string, job: RawJob, random: () => number): (seconds: number) => string {
  const shuffle = shuffler(random);
  const cores = Array.from({ length: job.cores }, (_, i) => ({ name: `cpu${i}`, busy: 50 * random() }));
  const gpus = Array.from({ length: job.gpus }, (_, i) => ({ name: `gpu${i}`, busy: 80 * random() }));
  const walk = (of: { busy: number }, step: number) => {
    of.busy = Math.min(100, Math.max(0, of.busy + step * (random() - 0.5)));
    return of.busy;
  };
  const inOrder = [...cores];
  return (seconds) => {
    let text = '';
    const rows = (lag: number) => {
      const end = `,"NodeId":"${node}","Timestamp":${(seconds + lag).toFixed(6)}}\n`;
      return (type: string, name: string, dimension: string, value: number) => {
        text += `{"Type":"${type}","Name":"${name}","Dimension":"${dimension}","Value":${value.toFixed(2)}${end}`;
      };
    };
    const late = random() / 1000;
    const gpuRow = rows(late);
    for (const gpu of gpus) {
      const busy = Math.round(walk(gpu, 30));
      gpuRow('gpu', gpu.name, 'GPUUtilization', busy);
      gpuRow('gpu', gpu.name, 'GPUMemoryUtilization', Math.round(busy * 0.6));
    }
    const cpuRow = rows(late + 0.0002);
    for (const core of random() < 1 / SHUFFLED ? shuffle([...cores]) : inOrder) {
      cpuRow('cpu', core.name, 'CPUUtilization', walk(core, 12));
      cpuRow('cpu', core.name, 'I/OWaitPercentage', Math.max(0, 5 * random() - 4));
    }
    const diskRow = rows(late + 0.0004);
    diskRow('i/o', 'IOPS', '', 200 * random());
    diskRow('i/o', 'ReadThroughputInBytesPerSecond', '', Math.max(0, 1e8 * (random() - 0.5)));
    diskRow('i/o', 'WriteThroughputInBytesPerSecond', '', 4096 * Math.floor(100 * random()));
    rows(late + 0.0007)('memory', 'MemoryUsedPercent', '', 10 + 5 * random());
    const networkRow = rows(late + 0.004 + 0.039 * random());
    for (const dimension of ['Algorithm', 'Platform']) {
      networkRow('network', 'ReceiveBytesPerSecond', dimension, 2e8 * random());
      networkRow('network', 'TransmitBytesPerSecond', dimension, 1e6 * random());
    }
    return text;
  };
}
