import type { UsageSettings } from '../../../src/consent/usage.ts';
import type { StoreEntry } from '../../../src/model/store.ts';
import type { OutputPlan } from '../../../src/output/plan.ts';
import type { Failure } from './failure.ts';

/** What a worker is asked for: first a job, then what writing its report to a folder would mean. The html holds plotly, packed. */
export type Order =
  | { readonly kind: 'make'; readonly source: string; readonly usage: UsageSettings; readonly plotly: string }
  | { readonly kind: 'plan'; readonly place: string };

/** The report, for people. */
export interface Summary {
  /** The folder of the lab that holds the rule files or raw data. */
  readonly data: string;
  readonly job: string | undefined;
  readonly issues: number;
  /** Why it asks nobody although the settings name an endpoint and no opt-out. */
  readonly silent?: string;
  /** What was tolerated while reading. */
  readonly problems: number;
}

/** The worker knows no Contents: it asks for every listing and file. `root` is a folder of the lab. */
export interface Question {
  readonly kind: 'list' | 'read' | 'readIfPresent';
  readonly root: string;
  readonly path: string;
}

export type Answer = readonly StoreEntry[] | Uint8Array<ArrayBuffer> | undefined;

export type ToWorker =
  | Order
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure };

export type FromWorker =
  | { readonly kind: 'question'; readonly id: number; readonly question: Question }
  | { readonly kind: 'read'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly result: Summary | OutputPlan }
  | { readonly kind: 'failed'; readonly failure: Failure };
