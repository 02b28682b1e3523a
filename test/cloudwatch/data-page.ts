import { Refused } from './refused.ts';

/** The data of one query. */
export interface Result {
  readonly Id: string;
  readonly Label: string;
  readonly Timestamps: number[];
  readonly Values: number[];
  readonly StatusCode: string;
}

/** The results of one page: those that have a point on it, and empty ones as they come. One that goes on is PartialData. */
export function dataPage(results: readonly Result[], most: number, token: string | undefined): { page: Result[]; next?: string } {
  let [index, offset] = (token ?? '0-0').split('-').map(Number) as [number, number];
  if (!Number.isInteger(index) || !Number.isInteger(offset))
    throw new Refused('ValidationException', 'The value for parameter NextToken is invalid.');
  const page: Result[] = [];
  let left = most;
  for (; index < results.length; index++, offset = 0) {
    const result = results[index] as Result;
    if (left === 0) return { page, next: `${index}-${offset}` };
    const end = Math.min(result.Values.length, offset + left);
    left -= end - offset;
    const isWhole = end === result.Values.length;
    const [Timestamps, Values] = [result.Timestamps.slice(offset, end), result.Values.slice(offset, end)];
    page.push({ ...result, Timestamps, Values, StatusCode: isWhole ? 'Complete' : 'PartialData' });
    if (!isWhole) return { page, next: `${index}-${end}` };
  }
  return { page };
}
