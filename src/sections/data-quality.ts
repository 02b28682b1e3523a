import { channelTable } from '../measures/channels.ts';
import { serviceScope } from '../measures/service-scope.ts';
import type { Damage, TrainingRun } from '../model/run.ts';
import { count, list, plural, utc, visibleName } from '../model/text.ts';
import { column, info, type SectionMaker, table, text, warning } from './section.ts';

/** What was wrong with the raw data and what was done about it, and what the service would not have looked at. */
export const dataQuality: SectionMaker = ({ analysis }) => {
  if (analysis === undefined) return undefined;
  const { run } = analysis;
  const { damage, ended } = run;
  return {
    id: 'data-quality',
    title: 'Data quality',
    blocks: [
      text(`${sizeOf(run)} ${ended ? 'The end marker is there: the job is over.' : ''}`.trim()),
      ...(ended
        ? []
        : [warning('There is no end marker: the job was still running when its output was read, or it was killed.')]),
      ...(damage.length === 0
        ? [text('Every line could be read, without gaps, repeats or jumps of a clock.')]
        : [
            table(
              'data-quality-table',
              'What was tolerated',
              [
                column.text('What'),
                column.text('Where'),
                column.count('Count'),
                column.text('From'),
                column.text('To'),
                column.text('What was done'),
              ],
              damage
                .toSorted(gravestFirst)
                .map((one) => [
                  one.kind,
                  where(one),
                  one.count,
                  moment(one.span?.startSeconds),
                  moment(one.span?.endSeconds),
                  one.detail,
                ]),
            ),
          ]),
      ...unknownMetrics(run),
      ...droppedByService(run),
    ],
  };
};

/** Long tables are cut: kinds of which there may be thousands come last. */
const ORDER: readonly Damage['kind'][] = [
  'unreadable file',
  'clock jump',
  'gap',
  'repeated rows',
  'misplaced rows',
  'events left out',
];

function gravestFirst(a: Damage, b: Damage): number {
  const rank = ({ kind }: Damage) => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);
  return rank(a) - rank(b);
}

function samplesOf({ metrics }: TrainingRun): number {
  return metrics.firstRow[metrics.batchCount] ?? 0;
}

function sizeOf(run: TrainingRun): string {
  const { metrics, events, profiles } = run;
  const parts = [
    `${plural(samplesOf(run), 'sample')} of ${plural(metrics.nodes.length, 'node')}`,
    `${plural(events.count, 'framework event')} of ${plural(events.workers.length, 'worker')}`,
    plural(profiles.length, 'Python profile'),
  ];
  return `Read were ${list(parts)}.`;
}

function where({ file, node }: Damage): string {
  return [node, file].flatMap((name) => (name === undefined ? [] : [visibleName(name)])).join(', ');
}

function moment(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : utc(seconds);
}

/** Metrics that nobody has seen yet are read and exported, but there is no chart for them. */
function unknownMetrics({ metrics }: TrainingRun) {
  const table = channelTable(metrics);
  const unknown = metrics.metrics.filter((_, metric) => table[metric]?.every((channel) => channel < 0));
  if (unknown.length === 0) return [];
  const names = unknown.map(({ type, dimension }) => visibleName([type, dimension].filter((part) => part !== '').join(' ')));
  return [info(`Metrics that this report does not draw: ${list(names)}. \`profiler-report export\` has them.`)];
}

function droppedByService(run: TrainingRun) {
  const scope = serviceScope(run);
  if (scope === undefined) return [];
  const { endSeconds, rows, events } = scope;
  if (endSeconds === undefined) {
    return [info('The service would have made no report of this job: it looked at nothing of jobs within a single minute.')];
  }
  if (rows + events === 0) return [];
  const why = run.events.files.length > 0 ? ', and nothing after the minute of the last framework event' : '';
  const share = (part: number, whole: number, what: string) => (part > 0 ? [`${count(part)} of ${plural(whole, what)}`] : []);
  const what = [...share(rows, samplesOf(run), 'sample'), ...share(events, run.events.count, 'framework event')];
  return [
    info(
      `The service would have stopped at ${utc(endSeconds)} and left out ${list(what)}: it never looked at a job’s last minute${why}. This report has them.`,
    ),
  ];
}
