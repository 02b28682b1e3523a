/** One line of a system file. */
export interface Sample {
  readonly type: string;
  readonly dimension: string;
  /** Empty where the record has none. */
  readonly name: string;
  readonly node: string;
  readonly value: number;
  readonly seconds: number;
}

/** False for what no machine has of anything: sums of such values would overflow. */
export function isValue(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** False where no clock can show it: a Date holds no more. */
export function isMoment(seconds: number): boolean {
  return Math.abs(seconds) <= 8.64e12;
}

/** The sample that a line holds; undefined where it is no JSON (`'cut'`) or no sample (`'bad'`). The slow and certain way. */
export function readRecord(line: string): Sample | 'cut' | 'bad' {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(line) ?? {};
  } catch {
    return 'cut';
  }
  const { Type: type, Dimension: dimension, NodeId: node } = record;
  const name = record.Name ?? '';
  const value = toNumber(record.Value);
  const seconds = toNumber(record.Timestamp);
  if (typeof type !== 'string' || typeof dimension !== 'string' || typeof node !== 'string' || typeof name !== 'string') {
    return 'bad';
  }
  return isValue(value) && isMoment(seconds) ? { type, dimension, name, node, value, seconds } : 'bad';
}

/** NaN for what is neither a number nor one written as text. */
function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}
