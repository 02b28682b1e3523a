import type { Span } from './issue.ts';

/** What became of a limit on a metric: met is what its user asked to be told of. */
export type ConditionVerdict = 'met' | 'not met' | 'not judged';

export interface ConditionResult {
  /** As it is written: `ModelLatency p99 > 200ms for 5m`. */
  readonly text: string;
  /** Met where it is met anywhere; not judged where nothing could be judged. */
  readonly verdict: ConditionVerdict;
  readonly breaches: readonly Breach[];
}

/** What became of it in one place, met or not. */
export type Breach = BreachPlace & (JudgedBreach | NotJudged);

interface BreachPlace {
  /** `variant blue, container tokenizer`. */
  readonly place: string;
  /** Variant or host whose charts are shaded; absent where none is known. */
  readonly node?: string;
}

interface JudgedBreach {
  readonly verdict: 'met' | 'not met';
  /** When it held for at least its time; none where it is not met. */
  readonly spans: readonly Span[];
  /** The value that went farthest, for people: `431.2 ms`; and the start of its period. */
  readonly worst: string;
  readonly worstSeconds: number;
  readonly periodSeconds: number;
}

interface NotJudged {
  readonly verdict: 'not judged';
  /** One clause: why. */
  readonly reason: string;
}
