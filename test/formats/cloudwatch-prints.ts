import { readCloudWatch } from '../../src/formats/cloudwatch.ts';
import type { Monitored } from '../../src/model/monitored.ts';

export type Asked = Parameters<typeof readCloudWatch>[1];

export const ENDPOINT: Asked = { kind: 'endpoint', name: 'shop-search' };
export const TRAINING: Asked = { kind: 'training job', name: 'resnet-2026' };

/** Files by name: text as it is, anything else as JSON. */
export function read(files: Readonly<Record<string, unknown>>, asked: Asked = ENDPOINT): Monitored {
  const given = Object.entries(files).map(([name, content]) => ({
    name,
    bytes:
      content instanceof Uint8Array
        ? content
        : new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)),
  }));
  return readCloudWatch(given, asked);
}

/** Series in short: `metric statistic unit period dimensions` to its points by minute after 09:00. */
export function inShort({ series }: Monitored): Record<string, [minute: number, value: number][]> {
  const nine = Date.UTC(2026, 10, 2, 9) / 1000;
  return Object.fromEntries(
    series.map(({ metric, statistic, unit, periodSeconds, dimensions, seconds, values }) => [
      [metric, statistic, unit, periodSeconds, Object.values(dimensions).join('|')].join(' '),
      Array.from(seconds, (moment, i) => [(moment - nine) / 60, values[i] as number]),
    ]),
  );
}

export const details = ({ damage }: Monitored): string[] => damage.map(({ kind, detail }) => `${kind}: ${detail}`);

/** A query as in `--metric-data-queries`. */
export function query(
  Id: string,
  MetricName: string,
  Stat: string,
  dimensions: Readonly<Record<string, string>> = { EndpointName: 'shop-search', VariantName: 'blue' },
  Namespace = 'AWS/SageMaker',
) {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 60, Stat }, ReturnData: true };
}

/** A result as printed, newest first: values by minute from 09:00 on. */
export function result(Id: string, Label: string, ...values: readonly (number | null)[]) {
  const moments = values.map((_, i) => `2026-11-02T09:${String(i).padStart(2, '0')}:00+00:00`);
  return { Id, Label, Timestamps: moments.toReversed(), Values: values.toReversed(), StatusCode: 'Complete' };
}
