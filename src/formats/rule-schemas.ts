import * as v from 'valibot';
import type { RuleName } from '../model/rule-names.ts';
import type { Bottleneck } from '../model/rule-report.ts';
import { isObject } from './tolerant.ts';

/** A finite number; numbers written as text are taken as well. */
const number = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value)),
  v.number((issue) => `expected a number, found ${issue.received}`),
  v.finite('expected a finite number'),
);

/** How often something happened. */
const count = v.pipe(number, v.minValue(0, 'expected a count, found a negative number'));

/** Farthest moment a Date can hold, in seconds from 1970. */
const FARTHEST_SECONDS = 8.64e12;

/** A moment in seconds since the epoch, and in microseconds. */
const seconds = v.pipe(
  number,
  v.maxValue(FARTHEST_SECONDS, 'expected seconds since 1970'),
  v.minValue(0, 'expected seconds since 1970'),
);
export const micros = v.pipe(
  number,
  v.maxValue(FARTHEST_SECONDS * 1e6, 'expected microseconds since 1970'),
  v.minValue(0, 'expected microseconds since 1970'),
);

/** true, false, and what Python or a spreadsheet makes of them. */
const flag = v.pipe(
  v.unknown(),
  v.transform((value) => ({ true: true, false: false, 1: true, 0: false })[String(value).toLowerCase()]),
  v.boolean('expected true or false'),
);

const text = v.pipe(
  v.unknown(),
  v.transform((value) => (typeof value === 'number' ? String(value) : value)),
  v.string((issue) => `expected text, found ${issue.received}`),
);

/** An object of known keys; others are passed over. */
function object<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.object(entries, (issue) => (issue.received === 'undefined' ? `${issue.expected} is missing` : 'expected an object'));
}

/** An object whose keys are data, as a Map in file order (keys that are whole numbers first): v.record would drop a key such as `constructor`. */
function byName<S extends v.GenericSchema>(schema: S) {
  return v.pipe(
    v.custom<Record<string, unknown>>(isObject, 'expected an object'),
    v.transform((object) => new Map(Object.entries(object))),
    v.map(v.string(), schema),
  );
}

const quartiles = { p25: number, p50: number, p75: number, p95: number, upper: number, lower: number };
const shares = v.optional(byName(number));
const breakdown = {
  ratio: shares,
  phase: shares,
  general: shares,
  forward_backward: shares,
  horovod: shares,
  CPU: shares,
  CPU_total: shares,
  GPU: shares,
  GPU_total: shares,
};

/** Counts and their edges; the counts go where their number does not belong to the edges. */
const histogram = { probs: v.optional(v.array(number)), binedges: v.optional(v.array(number)) };
const histogramFits = v.rawCheck<{ probs?: number[] | undefined; binedges?: number[] | undefined }>(({ dataset, addIssue }) => {
  if (!dataset.typed) return;
  const { probs, binedges } = dataset.value;
  if (probs === undefined || binedges === undefined || binedges.length === probs.length + 1) return;
  addIssue({
    message: `expected ${binedges.length - 1} counts, found ${probs.length}`,
    path: [pathItem(dataset.value, 'probs')],
  });
});

function pathItem(input: object, key: string): v.ObjectPathItem {
  return { type: 'object', origin: 'value', input: input as Record<string, unknown>, key, value: undefined };
}

/** `{"<epoch seconds>": {"GPUs": n, "CPUs": n}}`; by hand, since there can be a million of them. */
const bottlenecks = v.pipe(
  v.custom<Record<string, unknown>>(isObject, 'expected an object'),
  v.rawTransform(({ dataset, addIssue }) => {
    const found: Bottleneck[] = [];
    for (const key of Object.keys(dataset.value)) {
      const entry = dataset.value[key];
      const seconds = Number(key);
      const [gpus, cores] = isObject(entry) ? [entry.GPUs, entry.CPUs] : [];
      if (
        key.trim() !== '' &&
        seconds >= 0 &&
        seconds <= FARTHEST_SECONDS &&
        typeof gpus === 'number' &&
        typeof cores === 'number'
      ) {
        found.push({ seconds, gpus, cores });
      } else {
        addIssue({ message: 'expected a time in seconds with GPUs and CPUs', path: [pathItem(dataset.value, key)] });
      }
    }
    return found;
  }),
);

const bottleneckDetails = object({
  low_gpu_utilization: v.optional(count),
  bottlenecks: v.optional(bottlenecks, {}),
  ...breakdown,
});

const usage = {
  max: v.optional(number),
  p99: v.optional(number),
  p95: v.optional(number),
  p50: v.optional(number),
  min: v.optional(number),
};

/** Details per rule; in those keyed by node the caller has taken `last_timestamp` out. */
const detailsSchemas = {
  CPUBottleneck: bottleneckDetails,
  IOBottleneck: bottleneckDetails,
  LowGPUUtilization: byName(byName(object({ gpu_max: number, gpu_95: number, gpu_5: number, ...quartiles }))),
  StepOutlier: object({
    step_details: v.optional(
      byName(
        v.pipe(
          object({
            step_stats: v.optional(object({ mean: v.optional(number), ...usage })),
            number_of_outliers: v.optional(count),
            phase: v.optional(text),
            stddev: v.optional(number),
            step_numbers: v.optional(v.array(text)),
            ...histogram,
          }),
          histogramFits,
        ),
      ),
    ),
    ...breakdown,
  }),
  GPUMemoryIncrease: byName(byName(object({ increase: number, gpu_max: number, p05: number, ...quartiles }))),
  BatchSize: byName(byName(object(quartiles))),
  MaxInitializationTime: object({
    step_num: v.optional(object({ first: v.optional(micros), last: v.optional(micros) })),
    job_start: v.optional(seconds),
    job_end: v.optional(seconds),
  }),
  LoadBalancing: byName(
    object({
      workloads: v.optional(byName(v.array(number))),
      above_98: v.optional(byName(number)),
      distances: v.optional(byName(byName(number))),
    }),
  ),
  OverallSystemUsage: byName(byName(object(usage))),
  Dataloader: object({
    pin_memory: v.optional(flag),
    num_workers: v.optional(number),
    prefetch: v.optional(flag),
    cores: v.optional(number),
    dataloaders: v.optional(number),
    dataloading_time: v.optional(
      v.pipe(object({ p25: v.optional(number), p50: v.optional(number), p95: v.optional(number), ...histogram }), histogramFits),
    ),
  }),
  OverallFrameworkMetrics: object(breakdown),
} satisfies Record<RuleName, v.GenericSchema>;

/** The envelope all rule files share. */
export function envelope<Name extends RuleName>(rule: Name) {
  return object({
    RuleTriggered: v.optional(count),
    Violations: v.optional(count),
    Details: v.optional(detailsSchemas[rule]),
    Datapoints: v.optional(count),
    RuleParameters: v.optional(text),
  });
}
