import { UsageError } from '../../model/errors.ts';
import type { SubjectKind } from '../../model/monitored.ts';
import type { Terminal } from '../terminal.ts';

export interface MonitorOptions {
  readonly variant?: string;
  readonly start?: string;
  readonly end?: string;
  readonly last?: string;
  readonly region?: string;
  readonly logs: boolean;
  readonly grep?: string;
  readonly from?: readonly string[];
  readonly instanceType?: string;
  readonly instanceCount?: number;
  readonly save?: string;
  readonly output?: string;
  readonly format: string;
  readonly param?: readonly string[];
  readonly failOn?: readonly string[];
  readonly watch?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Reports on a job or endpoint; returns the code to end with. */
export async function monitor(_kind: SubjectKind, _name: string, _options: MonitorOptions, _terminal: Terminal): Promise<number> {
  throw new UsageError('monitor reads nothing yet.');
}
