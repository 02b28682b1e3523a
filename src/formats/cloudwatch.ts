import { UsageError } from '../model/errors.ts';
import type { Monitored } from '../model/monitored.ts';
import type { Damage } from '../model/run.ts';
import { list, utc, visibleName } from '../model/text.ts';
import { Collector } from './cloudwatch/collect.ts';
import { type DataDocument, documentOf } from './cloudwatch/document.ts';
import { documentsOf, type GivenFile } from './cloudwatch/documents.ts';
import type { Asked } from './cloudwatch/identity.ts';
import { queriesById } from './cloudwatch/queries.ts';
import { restored } from './cloudwatch/restored.ts';
import { spanOf, subjectOf, withinAsked } from './cloudwatch/subject.ts';
import { Tolerated } from './cloudwatch/tolerated.ts';

export { cloudWatchFile } from './cloudwatch/saved.ts';

/**
 * Reads what `--save` wrote, or what `aws cloudwatch get-metric-data` and `get-metric-statistics` printed, of the thing asked for. Several
 * files are one; queries (`MetricDataQueries`) may be in a file of their own. Throws a UsageError that names the file.
 */
export function readCloudWatch(files: readonly GivenFile[], asked: Asked): Monitored {
  const documents = files.flatMap((file) => documentsOf(file).map((value) => documentOf(value, file.name)));
  for (const document of documents) {
    if (document.kind !== 'data' || document.saved === undefined) continue;
    if (documents.length === 1) return restored(document, document.saved, asked);
    throw new UsageError(`${visibleName(document.file)} was saved by \`monitor\` and tells all: give it alone.`);
  }
  const tolerated = new Tolerated();
  const collector = new Collector(asked, tolerated);
  const isQueries = (one: (typeof documents)[number]): one is DataDocument => one.kind === 'data' && !one.data.MetricDataResults;
  const queries = documents.filter(isQueries);
  for (const document of documents) {
    if (document.kind === 'statistics') collector.addStatistics(document.file, document.statistics);
    else addData(document, queries, collector, tolerated);
  }
  const source = list(files.map(({ name }) => visibleName(name)));
  const collected = collector.finish(source);
  const series = withinAsked(collected, asked).filter(({ seconds }) => seconds.length > 0);
  const damage = tolerated.all();
  if (documents.every(isQueries) && documents.length > 0) {
    throw new UsageError(`${source} holds queries only: give the file along that has their answer.`);
  }
  if (series.length === 0) {
    const points = collected.filter(({ seconds }) => seconds.length > 0);
    throw new UsageError(points.length > 0 ? elsewhere(source, spanOf(points, {} as Asked)) : nothingIn(source, asked, damage));
  }
  const subject = subjectOf(asked, series);
  return { subject, ...spanOf(series, asked), source, series, logs: { lines: [], leftOut: 0 }, damage };
}

/** Results with the queries of their own file, else those of files that hold queries only. */
function addData({ file, data }: DataDocument, apart: readonly DataDocument[], collector: Collector, tolerated: Tolerated): void {
  const told = data.MetricDataQueries ? [{ file, data }] : apart;
  const queries = queriesById(told.map((one) => ({ file: one.file, queries: one.data.MetricDataQueries ?? [] })));
  collector.addData(file, data, queries);
  for (const { Code, Value } of data.Messages ?? []) {
    tolerated.tell('left out', file, `CloudWatch says: ${Value ?? Code ?? 'nothing'}`);
  }
  if (data.NextToken) tolerated.tell('left out', file, 'CloudWatch has more pages than are here: ask for all of them.');
}

function nothingIn(source: string, { kind, name }: Asked, damage: readonly Damage[]): string {
  const why = list(
    damage.map(({ detail }) => detail.replace(/\.$/, '')),
    3,
  );
  return `${source} has no data points of the ${kind} ${visibleName(name)}${why === '' ? '' : `: ${why}`}.`;
}

function elsewhere(source: string, { startSeconds, endSeconds }: Pick<Monitored, 'startSeconds' | 'endSeconds'>): string {
  return `${source} has no data points of the time asked for, only from ${utc(startSeconds)} to ${utc(endSeconds)}.`;
}
