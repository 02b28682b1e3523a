import * as v from 'valibot';
import { UsageError } from '../../model/errors.ts';
import { list, visibleName } from '../../model/text.ts';
import { isObject } from '../tolerant.ts';
import { readSaved, SAVED_KEY } from './saved.ts';
import { DATA, type Data, QUERY, type Saved, STATISTICS, type Statistics } from './schemas.ts';

/** One JSON value of a file: `saved` where `--save` wrote it. */
export type Document = DataDocument | { readonly kind: 'statistics'; readonly file: string; readonly statistics: Statistics };

export interface DataDocument {
  readonly kind: 'data';
  readonly file: string;
  readonly data: Data;
  readonly saved?: Saved;
}

/** Throws a UsageError for what CloudWatch does not print. */
export function documentOf(value: unknown, file: string): Document {
  const shown = visibleName(file);
  if (!isObject(value)) {
    throw new UsageError(`${shown} holds no answer of CloudWatch: give what \`aws cloudwatch get-metric-data\` printed.`);
  }
  const data = (found: unknown): DataDocument => ({ kind: 'data', file, data: checked(DATA, found, shown) });
  if ('Datapoints' in value) return { kind: 'statistics', file, statistics: checked(STATISTICS, value, shown) };
  if ('MetricDataResults' in value || 'MetricDataQueries' in value) {
    return { ...data(value), ...(SAVED_KEY in value ? { saved: readSaved(value[SAVED_KEY], file) } : {}) };
  }
  // Entries of a list that was cut out of the answer, or given as `--metric-data-queries`.
  if ('Timestamps' in value) return data({ MetricDataResults: [value] });
  if ('MetricStat' in value || 'Expression' in value) return data({ MetricDataQueries: [checked(QUERY, value, shown)] });
  const keys = list(Object.keys(value).map(visibleName)) || 'nothing';
  throw new UsageError(
    `${shown} is not what \`aws cloudwatch get-metric-data\` or \`get-metric-statistics\` prints: it has ${keys}.`,
  );
}

function checked<S extends v.GenericSchema>(schema: S, value: unknown, shown: string): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const at = v.getDotPath(issue) ?? 'the file';
  throw new UsageError(`${shown}: ${visibleName(at)}: ${issue.message}. CloudWatch prints it otherwise: fetch it again.`);
}
