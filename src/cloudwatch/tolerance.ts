import { maskSecrets } from '../logs/mask.ts';
import { UsageError } from '../model/errors.ts';
import type { Damage } from '../model/run.ts';
import { list } from '../model/text.ts';
import { type AwsRequest, awsError, isDenied } from '../stores/aws-errors.ts';

/** What was refused or missing on the way, where a report makes sense without it. */
export interface Tolerance {
  readonly damage: Damage[];
  /** Actions that the credentials do not allow: `cloudwatch:ListMetrics`. */
  readonly refused: Set<string>;
  /**
   * What `ask` resolves to; undefined, and noted, where it is not allowed. `lost` says what the report misses then, as a whole sentence.
   * Rejects with a UsageError for everything else that AWS or the way to it refused.
   */
  ask<T>(request: AwsRequest, lost: string, ask: () => Promise<T>): Promise<T | undefined>;
  note(kind: Damage['kind'], detail: string): void;
  /** A UsageError that names all actions that were refused; other errors as they are. */
  withRefused(error: unknown): unknown;
}

export function tolerance(): Tolerance {
  const damage: Damage[] = [];
  const refused = new Set<string>();
  const note = (kind: Damage['kind'], said: string) => {
    const detail = maskSecrets(said);
    if (!damage.some((one) => one.detail === detail)) damage.push({ kind, count: 1, detail });
  };
  return {
    damage,
    refused,
    note,
    async ask(request, lost, ask) {
      try {
        return await ask();
      } catch (error) {
        if (!isDenied(error)) throw awsError(error, request);
        refused.add(request.action);
        note('not allowed', `Your credentials do not allow ${request.action} for ${request.resource}. ${lost}`);
        return undefined;
      }
    },
    withRefused(error) {
      if (!(error instanceof UsageError) || refused.size === 0) return error;
      const all = list([...refused].sort(), refused.size);
      return new UsageError(`${error.message} All that your credentials lack: ${all}.`, { cause: error.cause });
    },
  };
}
