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
    for (const [key, entry] of Object.entries(dataset.value)) {
      const seconds = Number(key);
      const [gpus, cores] = isObject(entry) ? [entry.GPUs, entry.CPUs] : [];
      if (key.trim() !== '' && Number.isFinite(seconds) && typeof gpus === 'number' && typeof cores === 'number') {
        found.push({ seconds, gpus, cores });
      } else {
        addIssue({ message: 'expected a time in seconds with GPUs and CPUs', path: [pathItem(dataset.value, key)] });
      }
    }
    return found;
  }),
);

const bottleneckDetails = v.object({
  low_gpu_utilization: v.optional(number),
  bottlenecks: v.optional(bottlenecks, {}),
  ...breakdown,
});

const usage = v.object({ max: number, p99: number, p95: number, p50: number, min: number });

/** Details per rule; in those keyed by node the caller has taken `last_timestamp` out. */
const detailsSchemas = {
  CPUBottleneck: bottleneckDetails,
  IOBottleneck: bottleneckDetails,
  LowGPUUtilization: byName(byName(v.object({ gpu_max: number, gpu_95: number, gpu_5: number, ...quartiles }))),
  StepOutlier: v.object({
    step_details: v.optional(
      byName(
        v.pipe(
          v.object({
            step_stats: v.optional(v.object({ mean: number, ...usage.entries })),
            number_of_outliers: v.optional(number),
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
  GPUMemoryIncrease: byName(byName(v.object({ increase: number, gpu_max: number, p05: number, ...quartiles }))),
  BatchSize: byName(byName(v.object(quartiles))),
  MaxInitializationTime: v.object({
    step_num: v.optional(v.object({ first: v.optional(number), last: v.optional(number) })),
    job_start: v.optional(number),
    job_end: v.optional(number),
  }),
  LoadBalancing: byName(
    v.object({ workloads: v.optional(byName(v.array(number))), distances: v.optional(byName(byName(number))) }),
  ),
  OverallSystemUsage: byName(byName(usage)),
  Dataloader: v.object({
    pin_memory: v.optional(flag),
    num_workers: v.optional(number),
    prefetch: v.optional(flag),
    cores: v.optional(number),
    dataloaders: v.optional(number),
    dataloading_time: v.optional(
      v.pipe(
        v.object({ p25: v.optional(number), p50: v.optional(number), p95: v.optional(number), ...histogram }),
        histogramFits,
      ),
    ),
  }),
  OverallFrameworkMetrics: v.object(breakdown),
} satisfies Record<RuleName, v.GenericSchema>;

/** The envelope all rule files share. */
export function envelope<Name extends RuleName>(rule: Name) {
  return v.object({
    RuleTriggered: v.optional(number),
    Violations: v.optional(number),
    Details: v.optional(detailsSchemas[rule]),
    Datapoints: v.optional(number),
    RuleParameters: v.optional(text),
  });
}
