import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SageMakerStub {
  readonly endpoint: string;
  /** `<operation> <training job>` of all requests. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** Answers DescribeTrainingJob, fields and error texts as the service's; a job given as text is refused with that error type. */
export async function startSageMakerStub(jobs: Readonly<Record<string, object | string>>): Promise<SageMakerStub> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { TrainingJobName: name } = JSON.parse(await text(request));
    asked.push(`${request.headers['x-amz-target']} ${name}`);
    const job = Object.hasOwn(jobs, name) ? jobs[name] : 'ValidationException';
    const refused = typeof job === 'string';
    const answer = refused ? { __type: job, message: 'Requested resource not found.' } : { TrainingJobName: name, ...job };
    response.writeHead(refused ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
