import * as v from 'valibot';
import { UsageError } from '../model/errors.ts';
import type { MetricSeries, Monitored, Subject, Variant } from '../model/monitored.ts';
import type { Damage } from '../model/run.ts';
import { byNumber, list, visibleName } from '../model/text.ts';
import { Collector, queriesById } from './cloudwatch/collect.ts';
import { documentsOf, type GivenFile } from './cloudwatch/documents.ts';
import type { Asked } from './cloudwatch/identity.ts';
import { readSaved, SAVED_KEY } from './cloudwatch/saved.ts';
import { DATA, type Data, QUERY, type Query, type Saved, STATISTICS, type Statistics } from './cloudwatch/schemas.ts';
import { Tolerated } from './cloudwatch/tolerated.ts';
import { isObject } from './tolerant.ts';

export { cloudWatchFile } from './cloudwatch/saved.ts';

/** One JSON value of a file. */
type Document = { readonly file: string } & (
  | { readonly kind: 'data'; readonly data: Data; readonly saved?: Saved }
  | { readonly kind: 'statistics'; readonly statistics: Statistics }
);

/**
 * Reads what `--save` wrote, or what `aws cloudwatch get-metric-data` and `get-metric-statistics` printed, of the thing asked for; several
 * files are one: queries (`MetricDataQueries`) may be in a file of their own. Throws a UsageError that names the file.
 */
export function readCloudWatch(files: readonly GivenFile[], asked: Asked): Monitored {
  const documents = files.flatMap((file) => documentsOf(file).map((value) => documentOf(value, file.name)));
  const saved = documents.find((one) => one.kind === 'data' && one.saved !== undefined);
  if (saved?.kind === 'data' && saved.saved !== undefined) {
    if (documents.length > 1)
      throw new UsageError(`${visibleName(saved.file)} was saved by \`monitor\` and tells all: give it alone.`);
    return restored(saved.file, saved.data, saved.saved, asked);
  }
  const tolerated = new Tolerated();
  const collector = new Collector(asked, tolerated);
  const datas = documents.filter((one) => one.kind === 'data');
  const apart = datas.filter(({ data }) => !data.MetricDataResults);
  for (const document of documents) {
    if (document.kind === 'statistics') collector.addStatistics(document.file, document.statistics);
    else addData(document, apart, collector, tolerated);
  }
  const names = list(files.map(({ name }) => visibleName(name)));
  const series = withinAsked(
    collector.finish(names).filter(({ seconds }) => seconds.length > 0),
    asked,
  );
  const damage = tolerated.all();
  if (series.length === 0)
    throw new UsageError(nothingIn(names, asked, damage, datas.length > 0 && apart.length === datas.length));
  return {
    subject: subjectOf(asked, series),
    ...spanOf(series, asked),
    source: names,
    series,
    logs: { lines: [], leftOut: 0 },
    damage,
  };
}

function addData(
  { file, data }: { readonly file: string; readonly data: Data },
  apart: readonly { readonly file: string; readonly data: Data }[],
  collector: Collector,
  tolerated: Tolerated,
): void {
  const told = data.MetricDataQueries ? [{ file, data }] : apart;
  const queries = queriesById(told.map((one) => ({ file: one.file, queries: one.data.MetricDataQueries ?? [] })));
  collector.addData(file, data, queries);
  for (const { Code, Value } of data.Messages ?? []) {
    tolerated.tell('left out', file, `CloudWatch says: ${Value ?? Code ?? 'nothing'}`);
  }
  if (data.NextToken)
    tolerated.tell('left out', file, 'There are more pages than this one: ask the AWS command again without --max-items.');
}

function documentOf(value: unknown, file: string): Document {
  const shown = visibleName(file);
  if (!isObject(value))
    throw new UsageError(`${shown} holds no answer of CloudWatch: give what \`aws cloudwatch get-metric-data\` printed.`);
  if ('Datapoints' in value) return { file, kind: 'statistics', statistics: checked(STATISTICS, value, shown) };
  if ('MetricDataResults' in value || 'MetricDataQueries' in value) {
    const data = checked(DATA, value, shown);
    return SAVED_KEY in value
      ? { file, kind: 'data', data, saved: readSaved(value[SAVED_KEY], file) }
      : { file, kind: 'data', data };
  }
  // Entries of a list that was cut out of the answer, or of `--metric-data-queries`.
  if ('Timestamps' in value) return { file, kind: 'data', data: checked(DATA, { MetricDataResults: [value] }, shown) };
  if ('MetricStat' in value || 'Expression' in value) {
    return { file, kind: 'data', data: { MetricDataQueries: [checked(QUERY, value, shown) satisfies Query] } };
  }
  const keys = list(Object.keys(value).map(visibleName)) || 'nothing';
  throw new UsageError(
    `${shown} is not what \`aws cloudwatch get-metric-data\` or \`get-metric-statistics\` prints: it has ${keys}.`,
  );
}

function checked<S extends v.GenericSchema>(schema: S, value: unknown, shown: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new UsageError(
    `${shown}: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}. CloudWatch prints it otherwise: fetch it again.`,
  );
}

/** The file tells all; less where only a part was asked for. */
function restored(file: string, data: Data, saved: Saved, asked: Asked): Monitored {
  const { subject } = saved;
  const shown = visibleName(file);
  if (subject.kind !== asked.kind || subject.name !== asked.name) {
    throw new UsageError(
      `${shown} is of the ${subject.kind} ${visibleName(subject.name)}, not of the ${asked.kind} ${visibleName(asked.name)}.`,
    );
  }
  const tolerated = new Tolerated();
  const collector = new Collector(asked, tolerated);
  collector.addData(file, data, queriesById([{ file, queries: data.MetricDataQueries ?? [] }]), true);
  const { formatVersion: _version, ...rest } = saved;
  const series = withinAsked(collector.finish(file), asked);
  return {
    ...rest,
    startSeconds: asked.startSeconds ?? saved.startSeconds,
    endSeconds: asked.endSeconds ?? saved.endSeconds,
    series,
    damage: [...saved.damage, ...(asked.variant === undefined ? tolerated.all() : [])],
  };
}

function withinAsked(
  series: readonly MetricSeries[],
  { startSeconds = -Infinity, endSeconds = Infinity }: Asked,
): MetricSeries[] {
  if (startSeconds === -Infinity && endSeconds === Infinity) return [...series];
  return series.map((one) => {
    const kept = [...one.seconds.keys()].filter(
      (i) => (one.seconds[i] as number) >= startSeconds && (one.seconds[i] as number) < endSeconds,
    );
    return {
      ...one,
      seconds: Float64Array.from(kept, (i) => one.seconds[i] as number),
      values: Float64Array.from(kept, (i) => one.values[i] as number),
    };
  });
}

/** What was asked for, or from the first to the end of the last period with data. */
function spanOf(series: readonly MetricSeries[], { startSeconds, endSeconds }: Asked) {
  const first = series.reduce((least, { seconds }) => Math.min(least, seconds[0] ?? Infinity), Infinity);
  const last = series.reduce(
    (most, { seconds, periodSeconds }) => Math.max(most, (seconds.at(-1) ?? -Infinity) + periodSeconds),
    -Infinity,
  );
  return { startSeconds: startSeconds ?? first, endSeconds: endSeconds ?? last };
}

function subjectOf({ kind, name, region, instanceType, instanceCount }: Asked, series: readonly MetricSeries[]): Subject {
  const machines = {
    ...(instanceType === undefined ? {} : { instanceType }),
    ...(instanceCount === undefined ? {} : { instanceCount }),
  };
  return {
    kind,
    name,
    ...(region === undefined ? {} : { region }),
    ...(kind === 'endpoint' ? {} : machines),
    variants: kind === 'endpoint' ? variantsOf(series, machines) : [],
    phases: [],
  };
}

function variantsOf(series: readonly MetricSeries[], machines: Pick<Variant, 'instanceType' | 'instanceCount'>): Variant[] {
  const byVariant = Map.groupBy(series, ({ dimensions: { VariantName, Host = '' } }) => VariantName ?? Host.split('/')[1] ?? '');
  return [...byVariant]
    .sort(([a], [b]) => byNumber(a, b))
    .map(([name, own]) => {
      const containers = new Set(own.flatMap(({ dimensions: { ContainerName } }) => ContainerName ?? []));
      const isMultiModel = own.some(({ metric }) => /^Model(?:Loading|Unloading|Downloading|Cache)|^LoadedModel/.test(metric));
      return { name, ...machines, containers: [...containers].sort(byNumber), ...(isMultiModel ? { isMultiModel } : {}) };
    });
}

function nothingIn(names: string, { kind, name }: Asked, damage: readonly Damage[], isQueries: boolean): string {
  if (isQueries)
    return `${names} holds queries only: give the file along into which \`aws cloudwatch get-metric-data\` printed its answer.`;
  const why = list(
    damage.map(({ detail }) => detail.replace(/\.$/, '')),
    3,
  );
  return `${names} has no data points of the ${kind} ${visibleName(name)}${why === '' ? '' : `: ${why}`}.`;
}
