import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { exampleJob, hugeFiles, largeCluster, writeJob } from '../test/fixtures/example-job/index.ts';
import { corpusCases, hasShared, shared } from '../test/shared.ts';

export interface Case {
  readonly name: string;
  readonly folder: string;
  readonly inputMegabytes: number;
}

/** The smallest and the largest real job where they are at hand, and three synthetic ones, written below `folder`. */
export function cases(folder: string): Case[] {
  const real = hasShared ? corpusCases.map((name) => described('real job', shared(`corpus/${name}`))) : [];
  real.sort((a, b) => a.inputMegabytes - b.inputMegabytes);
  const [smallest, largest] = [real[0], real.at(-1)];
  const synthetic = Object.entries({
    'example job': exampleJob,
    '8 nodes with 8 GPUs': largeCluster,
    '50 MB of rule files': hugeFiles,
  });
  const written = synthetic.map(([name, plan], i) => {
    writeJob(join(folder, String(i)), plan);
    return described(name, join(folder, String(i)));
  });
  if (!smallest || !largest) return written;
  return [{ ...smallest, name: 'smallest real job' }, { ...largest, name: 'largest real job' }, ...written];
}

function described(name: string, folder: string): Case {
  const reports = join(folder, 'profiler-reports');
  const bytes = readdirSync(reports).reduce((sum, file) => sum + statSync(join(reports, file)).size, 0);
  return { name, folder, inputMegabytes: bytes / 1e6 };
}
