import { join, RULE_FOLDER } from '../formats/rule-folder.ts';
import { plural } from '../model/text.ts';
import { findingsFile, planOutput } from '../output/plan.ts';
import type { PipelineResult } from '../pipeline.ts';
import { openStore } from '../stores/index.ts';
import { conflictError } from './output-conflict.ts';
import { defaultPlace, defaultPlaceOfRaw } from './output-place.ts';
import type { Source } from './source.ts';

export interface WriteOptions {
  readonly output?: string;
  readonly region?: string;
  readonly force?: boolean;
}

export interface Written {
  /** Every file, in the order of writing. */
  readonly all: readonly string[];
  /** The same for people, what they open first. */
  readonly lines: readonly string[];
}

/**
 * Writes reports and, where raw data was read, rule files and findings; rule files that were read are copied where the notebook needs
 * them. Rejects with a UsageError where that cannot be, or would overwrite what is not ours.
 */
export async function writeJob(job: Source & PipelineResult, { output, region, force = false }: WriteOptions): Promise<Written> {
  const folder = join(job.store.location, job.output.folder);
  const made = job.output.analysis !== undefined;
  const where = output ?? (made ? defaultPlaceOfRaw(folder) : defaultPlace(folder));
  const place = await openStore(where, region === undefined ? {} : { region });
  const { source, files } = job.output;
  const all = [...(job.findings ? [findingsFile(job.findings)] : []), ...job.files];
  const {
    rules,
    others,
    conflicts: [conflict],
  } = await planOutput(
    place,
    { source, rules: files, others: all },
    {
      copyRules: made || job.files.some(({ path }) => path.endsWith('.ipynb')),
      force,
      ...(made ? {} : { ruleFolder: folder }),
    },
  );
  if (conflict) throw conflictError(conflict, place.location, made ? 'made from the raw data' : 'read');
  await place.writeAll([...rules, ...others]);
  const paths = (files: typeof rules) => files.map(({ path }) => `${place.location}/${path}`);
  const what = `${plural(rules.length, 'rule file')}${made ? '' : ', copied for the notebook'}`;
  return {
    all: paths([...rules, ...others]),
    lines: [...paths(others).reverse(), ...(rules.length > 0 ? [`${place.location}/${RULE_FOLDER}/ (${what})`] : [])],
  };
}
