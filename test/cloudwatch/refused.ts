/** A request that the service refuses: its error type and text. */
export class Refused extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** The page of a list that a request asks for, and what it must send to get the next one. Tokens of other requests are refused. */
export function pageOf<T>(all: readonly T[], size: number, token: unknown, refused: Refused): { page: T[]; next?: string } {
  const from = token === undefined ? 0 : Number(/^page-(\d+)$/.exec(String(token))?.[1] ?? Number.NaN);
  if (!(from <= all.length)) throw refused;
  const page = all.slice(from, from + size);
  return from + size < all.length ? { page, next: `page-${from + size}` } : { page };
}
