import { UNKNOWN_JOB } from '../../consent/usage.ts';
import { join } from '../../formats/rule-folder.ts';
import { UsageError } from '../../model/errors.ts';
import { plural } from '../../model/text.ts';
import { openStore } from '../../stores/index.ts';
import { type Format, WRITERS } from '../../writers/index.ts';
import { defaultPlace } from '../output-place.ts';
import { planOutput } from '../output-plan.ts';
import { readJob } from '../read-job.ts';
import type { SourceOptions } from '../source.ts';
import { summary, usageLines } from '../summary.ts';
import { painter, print, type Terminal } from '../terminal.ts';
import type { UsageOptions } from '../usage-settings.ts';

export interface GenerateOptions extends SourceOptions, UsageOptions {
  readonly output?: string;
  readonly format: string;
  readonly force?: boolean;
  readonly ruleParameters?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Reads a job, writes its report, prints what was found and written. */
export async function generate(location: string | undefined, options: GenerateOptions, terminal: Terminal): Promise<void> {
  const formats = parseFormats(options.format);
  const aws = options.region === undefined ? {} : { region: options.region };
  const wanted = options.output === undefined ? undefined : await openStore(options.output, aws);
  const visible = !options.quiet && !options.json;
  const job = await readJob(location, options, terminal, { formats, visible, usage: options });
  const { store, trainingJob, report, output, usage, files } = job;
  if (options.beaconEndpoint !== undefined && usage === UNKNOWN_JOB) {
    throw new UsageError(`--beacon-endpoint: ${usage.reason}. Name it with --processing-job-arn.`);
  }

  const ruleFolder = join(store.location, output.folder);
  const place = wanted ?? (await openStore(defaultPlace(ruleFolder), aws));
  const planned = await planOutput(place, files, output, {
    ruleFolder,
    copyRules: formats.includes('notebook'),
    force: options.force ?? false,
  });
  await place.writeAll(planned);

  const written = planned.map(({ path }) => `${place.location}/${path}`);
  if (options.json) {
    const { job, counts, actions, rules, inputs, problems } = report;
    terminal.stdout.write(
      `${JSON.stringify({ written, job, counts, actions, rules, inputs, problems, trainingJob, usage }, null, 2)}\n`,
    );
  } else if (!options.quiet) {
    const paint = painter(terminal);
    const copied = planned.length - files.length;
    const places = written
      .slice(copied)
      .reverse()
      .map((path) => `  ${path}`);
    if (copied > 0)
      places.push(`  ${place.location}/profiler-reports/ (${plural(copied, 'rule file')}, copied for the notebook)`);
    print(terminal, [...summary(report, paint), ...usageLines(usage, paint), '', paint('bold', 'Wrote'), ...places]);
  }
}

/** In the order of the writers' table reversed: html, which people open, comes last. */
function parseFormats(text: string): Format[] {
  const known = Object.keys(WRITERS) as Format[];
  const asked = text.split(',').map((name) => name.trim().toLowerCase());
  const unknown = asked.find((name) => !known.includes(name as Format));
  if (unknown !== undefined) {
    throw new UsageError(`--format ${JSON.stringify(text)}: ${JSON.stringify(unknown)} is none of ${known.join(', ')}.`);
  }
  return known.filter((name) => asked.includes(name)).reverse();
}
