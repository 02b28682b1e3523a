import type { LogEvent, LogGroups } from '../logs-api.ts';
import { unevenness } from './amounts.ts';

interface When {
  readonly endpoint: string;
  readonly startSeconds: number;
  readonly minutes: number;
  isBad(minute: number): boolean;
}

/** What the containers of the pipeline write: a line for every minute, and errors of `embed` and `rank` of `green` while it is bad. */
export function pipelineLogs({ endpoint, startSeconds, minutes, isBad }: When, streams: readonly string[]): LogGroups {
  const uneven = unevenness(9, minutes, 0.5);
  const line = (minute: number, second: number, message: string): LogEvent => ({
    timestamp: (startSeconds + minute * 60 + second) * 1000,
    message,
  });
  const linesOf = (stream: string): LogEvent[] =>
    Array.from({ length: minutes }, (_, minute) => {
      const usual = [line(minute, 1, `INFO served requests, queue ${Math.round(4 * uneven(minute))}`)];
      if (!stream.startsWith('green/') || !isBad(minute)) return usual;
      const request = (i: number) => (0x5a17_0000 + minute * 97 + i * 13).toString(16);
      if (stream.endsWith('/rank')) {
        const late = Array.from({ length: 3 }, (_, i) =>
          line(
            minute,
            12 + i * 15,
            `ERROR request ${request(i)} timed out after ${28 + i}.${minute % 10} s: no answer of feature shard ${minute % 4}`,
          ),
        );
        return [...usual, ...late, ...(minute % 15 === 0 ? [line(minute, 50, SECRET)] : [])];
      }
      if (stream.endsWith('/embed') && minute % 10 === 0)
        return [
          ...usual,
          line(
            minute,
            20,
            `Traceback (most recent call last):\n  File "/opt/serve.py", line 88, in embed\nValueError: batch ${request(0)} is empty`,
          ),
        ];
      return usual;
    }).flat();
  return { [`/aws/sagemaker/Endpoints/${endpoint}`]: Object.fromEntries(streams.map((stream) => [stream, linesOf(stream)])) };
}

/** A made-up password, as careless programs log them. */
export const PASSWORD = 'not-a-real-one-4711';
const SECRET = `ERROR cannot connect to postgresql://ranker:${PASSWORD}@features.internal/shard: too many clients`;
