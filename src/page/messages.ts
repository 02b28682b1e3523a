/** By which a report and the page around it know each other's messages. */
export const NAME = 'profiler-report';

/** What a report tells the page around it. */
export type FromReport =
  /** Its scripts run: from now on it hears. */
  | { readonly source: typeof NAME; readonly type: 'ready' }
  /** It was seen. Told once, and only by a report that would ask whether its opening may be told. */
  | { readonly source: typeof NAME; readonly type: 'opened' }
  /** Where it is being read: the section, and by how many pixels its head is above the window. */
  | { readonly source: typeof NAME; readonly type: 'place'; readonly section: string; readonly offset: number };

/** What the page around a report tells it. None of it can make anything be sent. */
export type ToReport =
  /** The page around answers for usage statistics: this one sends nothing and asks nobody. */
  | { readonly to: typeof NAME; readonly type: 'no' }
  | { readonly to: typeof NAME; readonly type: 'theme'; readonly theme: 'light' | 'dark' }
  | { readonly to: typeof NAME; readonly type: 'show'; readonly section: string; readonly offset: number };

/** The same as the message `no`, said before the page starts: an attribute of its root element. */
export const NO_ATTRIBUTE = 'data-usage-elsewhere';

/** Kept apart from the others: this is all that the code of usage statistics hears. */
export function isNo(data: unknown): boolean {
  const { to, type } = fields(data);
  return to === NAME && type === 'no';
}

/** What others send may be anything. */
export function fromReport(data: unknown): FromReport | undefined {
  const { source, type, section, offset } = fields(data);
  if (source !== NAME) return undefined;
  if (type === 'ready' || type === 'opened') return { source, type };
  return type === 'place' && isPlace(section, offset) ? { source, type, section, offset: offset as number } : undefined;
}

export function toReport(data: unknown): Exclude<ToReport, { readonly type: 'no' }> | undefined {
  const { to, type, theme, section, offset } = fields(data);
  if (to !== NAME) return undefined;
  if (type === 'theme') return theme === 'light' || theme === 'dark' ? { to, type, theme } : undefined;
  return type === 'show' && isPlace(section, offset) ? { to, type, section, offset: offset as number } : undefined;
}

function isPlace(section: unknown, offset: unknown): section is string {
  return typeof section === 'string' && Number.isFinite(offset);
}

function fields(data: unknown): Record<string, unknown> {
  return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
}
