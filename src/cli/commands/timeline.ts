import { readProfilerOutput } from '../../formats/profiler-output.ts';
import { jobSpan } from '../../measures/job-span.ts';
import { UsageError } from '../../model/errors.ts';
import type { Span } from '../../model/issue.ts';
import type { TrainingRun } from '../../model/run.ts';
import { plural, utc } from '../../model/text.ts';
import { openStore } from '../../stores/index.ts';
import { windowOfSteps } from '../../tables/windows.ts';
import { TIMELINE_KINDS, type TimelineKind, timelineOf } from '../../timeline/index.ts';
import { startProgress } from '../progress.ts';
import { requireAbsent } from '../require-absent.ts';
import { openSource, type SourceOptions } from '../source.ts';
import { readWindow, type WindowOptions } from '../table-options.ts';
import { painter, print, type Terminal } from '../terminal.ts';

interface TimelineOptions extends SourceOptions, WindowOptions {
  readonly output: string;
  readonly kinds?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** Reads raw profiler output and writes it as one trace; prints where. */
export async function writeTimeline(location: string | undefined, options: TimelineOptions, terminal: Terminal): Promise<void> {
  const kinds = kindsOf(options.kinds);
  const { window: asked, steps } = readWindow(options);
  const aws = options.region === undefined ? {} : { region: options.region };
  const [folder, file] = placeOf(options.output);
  const place = await openStore(folder, aws);
  if (file !== undefined && !options.force) await requireAbsent(place, [file]);

  const { store } = await openSource(location, options, 'raw');
  const progress = startProgress(terminal, store.location, !options.quiet);
  const { run, source } = await readProfilerOutput(progress.watch(store), { onProgress: progress.onProgress }).finally(
    progress.stop,
  );
  const timeline = timelineOf(run, steps === undefined ? withinJob(asked, run) : windowOfSteps(run.events, steps), kinds);
  if (timeline.events + timeline.samples === 0) throw new UsageError(`${source} has nothing ${left(run, kinds)}.`);
  const path = file ?? timeline.fileName;
  if (file === undefined && !options.force) await requireAbsent(place, [path]);
  await place.writeChunks(path, timeline.chunks(), 'application/json');
  if (options.quiet) return;
  print(terminal, [
    painter(terminal)('bold', 'Wrote'),
    `  ${place.location}/${path}  ${plural(timeline.events, 'event')}, ${plural(timeline.samples, 'sample')}`,
    'Open it in https://ui.perfetto.dev or chrome://tracing.',
  ]);
}

/** Where nobody asks for more, the job: a viewer would show the years to a single absurd time. */
function withinJob({ startSeconds, endSeconds }: Span, run: TrainingRun): Span {
  const job = jobSpan(run) ?? { startSeconds, endSeconds };
  return {
    startSeconds: Number.isFinite(startSeconds) ? startSeconds : job.startSeconds,
    endSeconds: Number.isFinite(endSeconds) ? endSeconds : job.endSeconds,
  };
}

/** Folder or bucket, and the file in it where one is named. */
function placeOf(output: string): [folder: string, file?: string] {
  const [, folder, file] = /^(.*?)([^/\\]+\.json)$/.exec(output) ?? [];
  return file === undefined ? [output] : [folder || '.', file];
}

function kindsOf(text: string | undefined): readonly TimelineKind[] {
  if (text === undefined) return TIMELINE_KINDS;
  const asked = text.split(',').map((kind) => kind.trim().toLowerCase());
  const unknown = asked.find((kind) => !(TIMELINE_KINDS as readonly string[]).includes(kind));
  if (unknown === undefined) return TIMELINE_KINDS.filter((kind) => asked.includes(kind));
  throw new UsageError(`--kinds ${JSON.stringify(text)}: ${JSON.stringify(unknown)} is none of ${TIMELINE_KINDS.join(', ')}.`);
}

function left(run: TrainingRun, kinds: readonly TimelineKind[]): string {
  const of = kinds.length < TIMELINE_KINDS.length ? `of ${kinds.join(', ')} ` : '';
  const job = jobSpan(run);
  return `${of}in that time${job ? `: the job goes from ${utc(job.startSeconds)} to ${utc(job.endSeconds)}` : ''}`;
}
