import { createConnection, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from '../cli/command.ts';
import { ARN, type Collector, startCollector } from './collector.ts';

const RUNS = 10_000;
const SEED = 20_261_121;

const ARTIFACT = 'profiler-report/0';
const QUERY = `x-artifact-id=${ARTIFACT}&x-arn=${ARN}`;

interface Case {
  readonly method?: string;
  readonly target: string;
  /** Further lines of the head, and a body. */
  readonly rest?: string;
  readonly status: number;
  /** What the answer must name. */
  readonly names: RegExp;
}

const characters = (...codes: number[]) =>
  fc.string({ unit: fc.constantFrom(...codes.map((code) => String.fromCharCode(code))), minLength: 1, maxLength: 40 });
const codes = Array.from({ length: 256 }, (_, code) => code);
/** What may stand in a name or value of a query as it is. */
const word = characters(...codes.filter((code) => code > 0x20 && code < 0x7f && !'#&+=?'.includes(String.fromCharCode(code))));
const unknown = word.filter((name) => !name.startsWith('x-') && !name.startsWith('x%2d'));
/** What may not stand in a request's first line at all. Line ends and spaces make another request of it, see below. */
const unreadable = characters(
  ...codes.filter((code) => (code < 0x20 && !'\n\r\t\f'.includes(String.fromCharCode(code))) || code > 0x7e),
);
const query = (text: string, names: RegExp): Case => ({ target: `/?${text}`, status: 400, names });

const malformed: fc.Arbitrary<Case> = fc.oneof(
  fc
    .tuple(unknown, word, fc.boolean())
    .map(([name, value, first]) =>
      query(first ? `${name}=${value}&${QUERY}` : `${QUERY}&${name}=${value}`, /there is no parameter/),
    ),
  fc
    .constantFrom(`x-arn=${ARN}`, `x-artifact-id=${ARTIFACT}`, 'x-arn=', 'x%2Darn')
    .map((again) => query(`${QUERY}&${again}`, /x-(arn|artifact-id) is given more than once/)),
  fc
    .constantFrom('', '&', `x-arn=${ARN}`, `x-artifact-id=${ARTIFACT}`, '&&&')
    .map((text) => query(text, /x-(arn|artifact-id) is missing/)),
  fc
    .tuple(word, fc.nat(ARN.length))
    .map(([bad, at]) =>
      query(`x-artifact-id=${ARTIFACT}&x-arn=${ARN.slice(0, at)}%00${bad}${ARN.slice(at)}`, /x-arn is neither the ARN/),
    ),
  word.map((bad) => query(`x-artifact-id=${ARTIFACT}/${bad}&x-arn=${ARN}`, /x-artifact-id is not profiler-report/)),
  fc.nat(12_000).map((length) => query(`${QUERY}${'a'.repeat(2_048 + length)}`, /longer than 2048 characters|header/i)),
  fc
    .tuple(unreadable, fc.nat(QUERY.length))
    .map(([bad, at]) => query(`${QUERY.slice(0, at)}${bad}${QUERY.slice(at)}`, /cannot be read/)),
  fc.constantFrom('Content-Length: 3\r\n\r\nabc', 'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n').map((rest) => ({
    ...query(QUERY, /has a body/),
    rest,
  })),
  fc
    .constantFrom(
      'Content-Length: x',
      'Content-Length: 1\r\nContent-Length: 2',
      'Bad Header: 1',
      ': x',
      'Transfer-Encoding: x',
      `X: ${'a'.repeat(20_000)}`,
    )
    .map((line) => ({
      ...query(QUERY, /cannot be read|has a body/),
      rest: `${line}\r\n\r\n`,
    })),
  fc.constantFrom('POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY').map((method) => ({
    method,
    target: `/?${QUERY}`,
    status: 405,
    names: /Only GET/,
  })),
  fc.constantFrom('GETX', 'get', '\x00', 'é').map((method) => ({ ...query(QUERY, /cannot be read/), method })),
  fc
    .stringMatching(/^[/x][a-z%./~-]{0,40}$/)
    .map((path) => ({ target: `/${path}?${QUERY}`, status: 404, names: /nothing here/ })),
  fc
    .constantFrom('*', 'http://', 'http://x:99999/', 'a', '\\')
    .map((target) => ({ ...query('', /./), target: `${target}?${QUERY}`, status: 400 })),
);

describe('malformed requests', () => {
  let collector: Collector;
  beforeAll(async () => {
    collector = await startCollector(`${newFolder()}/usage.db`);
  });
  afterAll(() => collector?.end('SIGKILL'));

  test(`${RUNS} of them: each answer says what was wrong, and nothing is counted`, { timeout: 300_000 }, async () => {
    const send = client(Number(new URL(collector.url).port));
    const property = fc.asyncProperty(malformed, async ({ method = 'GET', target, rest = '\r\n', status, names }) => {
      const answer = await send(`${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n${rest}`);
      expect(answer).toEqual({ status, text: expect.stringMatching(names) });
    });
    await fc.assert(property, { numRuns: RUNS, seed: SEED });
    expect((await collector.stats()).opens).toBe(0);
    expect((await collector.open()).status).toBe(200);
    expect((await collector.end('SIGTERM')).stderr).toBe('');
  });
});

/** Sends bytes as they are, one request at a time, on one connection for as long as the server keeps it. */
function client(port: number): (request: string) => Promise<{ status: number; text: string }> {
  let socket: Socket | undefined;
  return async (request) => {
    socket ??= createConnection(port, '127.0.0.1').setEncoding('latin1');
    socket.write(request, 'latin1');
    let answer = '';
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      answer += chunk;
      const [, status, length] = /^HTTP\/1\.1 (\d{3}) .*?\r\ncontent-length: (\d+)\r\n/is.exec(answer) ?? [];
      const start = answer.indexOf('\r\n\r\n') + 4;
      if (start < 4 || answer.length < start + Number(length)) continue;
      if (/^connection: close/im.test(answer.slice(0, start))) socket = undefined;
      return { status: Number(status), text: answer.slice(start) };
    }
    throw new Error(`closed after ${JSON.stringify(answer)}`);
  };
}
