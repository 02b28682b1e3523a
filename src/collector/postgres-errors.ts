const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there. See that PostgreSQL runs, and check host and port.',
  ECONNRESET: 'the connection was cut. See that PostgreSQL runs there.',
  ENOTFOUND: 'the host name is not known. Check it.',
  EAI_AGAIN: 'the host name cannot be looked up now. Check it, and the network.',
  ETIMEDOUT: 'the host does not answer. Check host and port, and firewalls between.',
  EHOSTUNREACH: 'the host cannot be reached. Check host and port, and firewalls between.',
  ENOENT: 'there is no such socket. See that PostgreSQL runs, and check the host.',
  // What PostgreSQL answers: https://www.postgresql.org/docs/current/errcodes-appendix.html
  '28P01': 'user or password are wrong.',
  '28000': 'this user may not connect from here. Check the user, and pg_hba.conf of the server.',
  '3D000': 'there is no database of this name. Make it (createdb), or check the name.',
  '42501': 'this user may not do that. Let an administrator GRANT CREATE ON DATABASE to it.',
  '57P03': 'PostgreSQL is starting or stopping. Try again.',
  '53300': 'PostgreSQL has no connection left. Raise max_connections, or use a pooler.',
};

/** Why a database cannot be had and how to mend it; undefined for what is no fault of the set-up. */
export function postgresReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Where a host name has several addresses, the reasons of all of them come as one.
  const [first = error] = error instanceof AggregateError ? error.errors : [];
  const code = String((first as { code?: unknown }).code ?? '');
  const told = REASONS[code];
  if (told !== undefined) return told;
  // pg tells some failures to connect by their text alone.
  return code !== '' || /connect|timeout|password|SSL|SASL/i.test(error.message)
    ? `${error.message.replace(/\.$/, '')}.`
    : undefined;
}

/** The URL as it may be shown. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'at this URL';
  const shown = new URL(url);
  shown.password = '';
  shown.search = '';
  return shown.href;
}
