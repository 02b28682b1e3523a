import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { alarmsApi } from './alarms-api.ts';
import { logsApi } from './logs-api.ts';
import { metricsApi } from './metrics-api.ts';
import { Refused } from './refused.ts';
import { sageMakerApi } from './sagemaker-api.ts';
import type { World } from './world.ts';

export interface ServerSettings {
  /** How many calls of an action are refused as too many before the first is answered. */
  readonly throttled?: Readonly<Record<string, number>>;
  /** Actions that nobody may call: `FilterLogEvents`. */
  readonly denied?: readonly string[];
  /** Data points of one answer; CloudWatch has 100,800. */
  readonly pointsPerPage?: number;
  /** Log events that one call looks through. */
  readonly eventsPerPage?: number;
  /** What CloudWatch says beside the data. */
  readonly messages?: readonly { readonly Code: string; readonly Value: string }[];
}

export interface Call {
  /** `GetMetricData`. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface CloudWatchServer {
  /** For AWS_ENDPOINT_URL: it answers for all three services. */
  readonly endpoint: string;
  /** All requests, refused ones included, in order. */
  readonly asked: readonly Call[];
  /** Inputs of all calls of one action. */
  inputs<T>(action: string): T[];
  stop(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is checked by the action that takes it.
type Action = (input: any) => object;

/** What the services are called in `x-amz-target`, and in the names of permissions. */
const SERVICES: Readonly<Record<string, string>> = {
  GraniteServiceVersion20100801: 'cloudwatch',
  Logs_20140328: 'logs',
  SageMaker: 'sagemaker',
};

/** CloudWatch also tells what an error was called in its older protocol, and keeps that one's status. */
const QUERY_ERRORS: Readonly<Record<string, { code: string; status: number }>> = {
  ValidationException: { code: 'ValidationError', status: 400 },
  ThrottlingException: { code: 'Throttling', status: 400 },
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
};

/** Answers as CloudWatch, CloudWatch Logs and SageMaker do, in the JSON that their clients speak, about a world that is made up. */
export async function startCloudWatchServer(world: World, settings: ServerSettings = {}): Promise<CloudWatchServer> {
  const actions: Readonly<Record<string, Action>> = {
    ...metricsApi({ ...world, ...settings }),
    ...alarmsApi(),
    ...logsApi({ ...world, ...settings }),
    ...sageMakerApi(world),
  };
  const asked: Call[] = [];
  const answer = (service: string, action: string, input: Call['input']): object => {
    const calls = asked.filter((call) => call.action === action).length;
    if (calls <= (settings.throttled?.[action] ?? 0)) throw new Refused('ThrottlingException', 'Rate exceeded');
    if (settings.denied?.includes(action)) throw new Refused('AccessDeniedException', denial(`${service}:${action}`, world));
    const perform = actions[action] ?? raise(new Refused('UnknownOperationException', `There is no ${action}.`));
    return perform(input);
  };
  const server = createServer(async (request, response) => {
    const [target = '', action = ''] = String(request.headers['x-amz-target']).split('.');
    const input = JSON.parse((await text(request)) || '{}');
    asked.push({ action, input });
    const reply = (status: number, body: object, headers = {}) => {
      response
        .writeHead(status, { 'content-type': String(request.headers['content-type']), ...headers })
        .end(JSON.stringify(body));
    };
    try {
      reply(200, answer(SERVICES[target] ?? target, action, input));
    } catch (error) {
      const { type, message } = error instanceof Refused ? error : new Refused('InternalFailure', String(error));
      const { code, status } = QUERY_ERRORS[type] ?? { code: type, status: type === 'InternalFailure' ? 500 : 400 };
      const isOld = SERVICES[target] === 'cloudwatch';
      reply(isOld ? status : 400, { __type: type, message }, isOld ? { 'x-amzn-query-error': `${code};Sender` } : {});
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    inputs: <T>(action: string) => asked.filter((call) => call.action === action).map(({ input }) => input as T),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function denial(permission: string, { region, accountId }: World): string {
  const who = `arn:aws:iam::${accountId}:user/reader`;
  const what = permission.startsWith('cloudwatch:')
    ? ''
    : ` on resource: arn:aws:${permission.split(':')[0]}:${region}:${accountId}:*`;
  return `User: ${who} is not authorized to perform: ${permission}${what} because no identity-based policy allows the ${permission} action`;
}

function raise(error: Error): never {
  throw error;
}
