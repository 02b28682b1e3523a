import { UsageError } from '../model/errors.ts';

/** Names only: a policy takes `*` for any. */
const HOST = /^[a-z0-9._-]+$/;

/** What a content security policy and a query may follow: no spaces, quotes, semicolons or commas. */
const PATH = /^[A-Za-z0-9/._~%-]*$/;

/**
 * The URL of who would be told, in the one form that choices are kept under. Throws a UsageError where a request could not go there as
 * shown: `named` says where the text was given, for example `--beacon-endpoint`.
 */
export function parseEndpoint(text: string, named: string): string {
  const wrong = (what: string) => new UsageError(`${named} ${JSON.stringify(text)} ${what}, as in https://stats.example.org/.`);
  if (!URL.canParse(text)) throw wrong('is not a URL: write it out');
  const { protocol, username, password, hostname, search, hash, pathname, href } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') throw wrong('is neither https nor http: write a web address');
  if (username || password) throw wrong('holds a password, which every reader would see: leave it out');
  if (search || hash || text.includes('?') || text.includes('#')) throw wrong('has a query or fragment: leave it out');
  if (hostname.startsWith('[')) throw wrong("has an IPv6 address, which a page's policy cannot name: use a host name");
  if (!HOST.test(hostname)) throw wrong('has characters in its host name that a policy cannot name: write one host');
  if (!PATH.test(pathname))
    throw wrong('has characters in its path that a policy cannot name: use letters, digits and . _ ~ - /');
  return href;
}

/** True in the one form that choices are kept under. */
export function isEndpoint(text: string): boolean {
  try {
    return parseEndpoint(text, 'endpoint') === text;
  } catch {
    return false;
  }
}
