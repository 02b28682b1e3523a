import { afterEach, vi } from 'vitest';
import type { Asked } from '../../src/cloudwatch/asked.ts';
import { fetchMonitored } from '../../src/cloudwatch/index.ts';
import type { Monitored } from '../../src/model/monitored.ts';
import type { Report, Table } from '../../src/model/report.ts';
import { monitor } from '../../src/monitor.ts';
import { testKeys, useAwsEnvironment } from '../aws-environment.ts';
import { type CloudWatchServer, type ServerSettings, startCloudWatchServer } from './server.ts';
import type { World } from './world.ts';

const running: CloudWatchServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of running.splice(0)) await server.stop();
});

/** A server of that world until the end of the test, for this process's AWS clients and for `env` of others. */
export async function serving(world: World, settings: ServerSettings = {}, more: Readonly<Record<string, string>> = {}) {
  const server = await startCloudWatchServer(world, settings);
  running.push(server);
  const env = { ...testKeys, AWS_REGION: world.region, AWS_ENDPOINT_URL: server.endpoint, ...more };
  useAwsEnvironment(env);
  return { server, env };
}

type What = Partial<Asked> & Pick<Asked, 'kind' | 'name'>;

/** Asks a server for it, at the time it is in its world; without logs unless told. */
export function fetched(world: World, asked: What): Promise<Monitored> {
  return fetchMonitored({ logs: false, nowSeconds: world.nowSeconds, ...asked }, {});
}

/** The report of it, as its JSON has it. */
export async function reported(monitored: Monitored): Promise<Report> {
  const { files } = await monitor(monitored, { formats: ['json'] });
  return JSON.parse(new TextDecoder().decode(files[0]?.bytes));
}

/** The rows of a table by the labels of its columns. */
export function rowsOf(report: Report, id: string): Record<string, unknown>[] {
  const tables = report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : [])),
  );
  const { columns, rows } = tables.find((table) => table.id === id) ?? missing(id);
  return rows.map((row) => Object.fromEntries(columns.map(({ label }, i) => [label, row[i]])));
}

function missing(id: string): Table {
  throw new Error(`the report has no table ${id}`);
}
