import * as v from 'valibot';
import { SUBJECT_KINDS } from '../../model/monitored.ts';
import { DAMAGE_KINDS } from '../../model/run.ts';

/** The end of the year 9999: the last moment that can be written. */
const LAST_MOMENT = 253_402_300_799;

const text = v.nullish(v.string());
/** Single entries are looked at where they are used: one that is wrong does not cost the others. */
const list = v.custom<readonly unknown[]>(Array.isArray, 'is no list');

const metric = v.object({
  Namespace: v.string(),
  MetricName: v.string(),
  Dimensions: v.nullish(v.array(v.object({ Name: v.string(), Value: v.string() }))),
});

/** An entry of `MetricDataQueries`, as `aws cloudwatch get-metric-data` is asked. */
export const QUERY = v.object({
  Id: v.string(),
  Label: text,
  MetricStat: v.nullish(v.object({ Metric: metric, Period: v.number(), Stat: v.string(), Unit: text })),
  Expression: text,
});
export type Query = v.InferOutput<typeof QUERY>;

const message = v.object({ Code: text, Value: text });

/** An entry of `MetricDataResults`. */
export const RESULT = v.object({
  Id: text,
  Label: text,
  Timestamps: v.nullish(list),
  Values: v.nullish(list),
  StatusCode: text,
  Messages: v.nullish(v.array(message)),
});
export type Result = v.InferOutput<typeof RESULT>;

/** What `aws cloudwatch get-metric-data` printed, or was asked, or both. */
export const DATA = v.object({
  MetricDataQueries: v.nullish(v.array(QUERY)),
  MetricDataResults: v.nullish(v.array(RESULT)),
  Messages: v.nullish(v.array(message)),
  NextToken: text,
});
export type Data = v.InferOutput<typeof DATA>;

/** What `aws cloudwatch get-metric-statistics` printed. */
export const STATISTICS = v.object({ Label: text, Datapoints: list });
export type Statistics = v.InferOutput<typeof STATISTICS>;

const seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(LAST_MOMENT));
const variant = v.object({
  name: v.string(),
  instanceType: v.exactOptional(v.string()),
  instanceCount: v.exactOptional(v.number()),
  weight: v.exactOptional(v.number()),
  containers: v.array(v.string()),
  isServerless: v.exactOptional(v.boolean()),
  isMultiModel: v.exactOptional(v.boolean()),
});
const phase = v.object({
  status: v.string(),
  startSeconds: seconds,
  endSeconds: v.exactOptional(seconds),
  message: v.exactOptional(v.string()),
});
const subject = v.object({
  kind: v.picklist(SUBJECT_KINDS),
  name: v.string(),
  region: v.exactOptional(v.string()),
  accountId: v.exactOptional(v.string()),
  status: v.exactOptional(v.string()),
  failureReason: v.exactOptional(v.string()),
  instanceType: v.exactOptional(v.string()),
  instanceCount: v.exactOptional(v.number()),
  variants: v.array(variant),
  phases: v.array(phase),
});
const logs = v.object({
  group: v.exactOptional(v.string()),
  grep: v.exactOptional(v.string()),
  lines: v.array(v.object({ seconds, stream: v.string(), message: v.string() })),
  leftOut: v.number(),
});
const damage = v.object({
  kind: v.picklist(DAMAGE_KINDS),
  file: v.exactOptional(v.string()),
  node: v.exactOptional(v.string()),
  count: v.number(),
  detail: v.string(),
  span: v.exactOptional(v.object({ startSeconds: seconds, endSeconds: seconds })),
});

/** Written by a later version, the rest may be anything. */
export const SAVED_VERSION = v.object({ formatVersion: v.number() });
/** What `--save` writes beside queries and results. */
export const SAVED = v.object({
  formatVersion: v.number(),
  subject,
  startSeconds: seconds,
  endSeconds: seconds,
  source: v.string(),
  logs,
  damage: v.array(damage),
});
export type Saved = v.InferOutput<typeof SAVED>;
