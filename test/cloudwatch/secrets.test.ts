import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command, newFolder } from '../cli/command.ts';
import { serving } from './fetched.ts';
import { together, type World } from './world.ts';
import {
  PIPELINE,
  PROCESSING,
  pipelineWorld,
  processingWorld,
  TRAINING,
  TRANSFORM,
  trainingWorld,
  transformWorld,
} from './worlds.ts';

/** The command goes by this machine's clock. */
const startSeconds = Math.floor(Date.now() / 3_600_000) * 3600 - 12 * 3600;
/** In all that is planted, and in nothing else. */
const PLANTED = 'Sesame';

/** What SageMaker tells of a script that failed: its command, and the end of what it printed. */
const said = (place: string) =>
  [
    `${place}: Command "python train.py --db-password ${PLANTED}1 --hf-token ${PLANTED}2"`,
    `SM_USER_ARGS=["--db_password","${PLANTED}3"] DB_PASS: ${PLANTED}4`,
    `postgresql://u:${PLANTED}5@h/db aws_secret_access_key=/${PLANTED}6`,
  ].join('\n');

/** Secrets in every text of a world that people or their programs wrote. */
function plantedWorld(): World {
  const given = { startSeconds };
  const world = together(...[pipelineWorld, trainingWorld, transformWorld, processingWorld].map((make) => make(given)));
  const sagemaker = structuredClone(world.sagemaker) as Record<string, Record<string, Record<string, unknown>>>;
  const things = { Endpoint: PIPELINE, TrainingJob: TRAINING, TransformJob: TRANSFORM, ProcessingJob: PROCESSING };
  for (const [kind, name] of Object.entries(things)) {
    const thing = sagemaker[kind]?.[name] ?? {};
    thing[`${kind}Status`] = 'Failed';
    thing.FailureReason = said('reason');
    for (const transition of (thing.SecondaryStatusTransitions ?? []) as Record<string, unknown>[])
      transition.StatusMessage = said('phase');
  }
  // Its container's own last words are taken where SageMaker has none.
  Object.assign(sagemaker.ProcessingJob?.[PROCESSING] ?? {}, { FailureReason: undefined, ExitMessage: said('exit') });
  const line = (minute: number, message: string) => ({ timestamp: (startSeconds + minute * 60) * 1000, message });
  const lines = [
    line(1, `ERROR ${said('line')}`),
    line(2, `Traceback (most recent call last):\n ${said('trace')}\nValueError: x`),
  ];
  const logs: Record<string, Record<string, typeof lines>> = {
    [`/aws/sagemaker/Endpoints/${PIPELINE}`]: { 'blue/i-1/rank': lines, [`blue/i-1/password=${PLANTED}7`]: lines },
    '/aws/sagemaker/TrainingJobs': { [`${TRAINING}/algo-1-1`]: lines },
    '/aws/sagemaker/TransformJobs': { [`${TRANSFORM}/i-1-1`]: lines },
    '/aws/sagemaker/ProcessingJobs': { [`${PROCESSING}/algo-1-1`]: lines },
  };
  return { ...world, sagemaker, logs, nowSeconds: Math.floor(Date.now() / 1000) };
}

const FORMATS = ['--format', 'html,notebook,json,markdown'];
const SUBJECTS = [
  ['endpoint', PIPELINE, ['--start', String(startSeconds), '--end', String(startSeconds + 3 * 3600)], 'reason'],
  ['training-job', TRAINING, [], 'phase'],
  ['transform-job', TRANSFORM, [], 'reason'],
  ['processing-job', PROCESSING, [], 'exit'],
] as const;

/** All that a run left: its files, and what it printed. */
async function outputOf(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const folder = newFolder();
  const { code, stdout, stderr } = await command(['monitor', ...args, '-o', folder], { env });
  expect([code, stderr.includes('profiler-report:')]).toEqual([0, false]);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), 'utf8')]);
  return { ...Object.fromEntries(texts), stdout, stderr };
}

test.each(SUBJECTS)(
  '%s %s: no output has a secret, wherever it came from',
  async (kind, name, span, place) => {
    const messages = [{ Code: 'Said', Value: said('message') }];
    const { env } = await serving(plantedWorld(), { messages });
    const saved = join(newFolder(), 'saved.json');
    const asked = [kind, name, ...span, ...FORMATS];
    const fetched = await outputOf([...asked, '--save', saved, '--grep', 'Command', '--json'], env);
    const onScreen = await outputOf(asked, env);
    const kept = readFileSync(saved, 'utf8');
    // A file from before these were known as secrets, or from elsewhere.
    const planted = said('file').replaceAll('\n', '\\n').replaceAll('"', '\\"');
    writeFileSync(saved, kept.replaceAll('[masked: password]', `${PLANTED}8`).replace('reason: ', `${planted} reason: `));
    const read = await outputOf([...asked, '--from', saved], env);
    for (const [file, text] of Object.entries({ kept, ...fetched })) {
      if (file !== 'stderr' && !file.endsWith('.md'))
        expect(text, `${file} has what was said`).toContain(file === 'stdout' ? 'message' : place);
    }
    for (const [where, texts] of Object.entries({ fetched: { ...fetched, kept }, onScreen, read }))
      for (const [file, text] of Object.entries(texts)) {
        const at = text.indexOf(PLANTED);
        expect(at < 0 ? '' : text.slice(at - 80, at + 20), `${where}, ${file}`).toBe('');
      }
  },
  60_000,
);
