import { UsageError } from '../../model/errors.ts';
import { visibleName } from '../../model/text.ts';
import type { Query } from './schemas.ts';

/** Queries by their ids. Throws a UsageError where one id stands for two things. */
export function queriesById(files: readonly { readonly file: string; readonly queries: readonly Query[] }[]): Map<string, Query> {
  const byId = new Map<string, Query>();
  for (const { file, queries } of files) {
    for (const query of queries) {
      const known = byId.get(query.Id);
      if (known && JSON.stringify(known.MetricStat) !== JSON.stringify(query.MetricStat)) {
        throw new UsageError(
          `${visibleName(file)}: the query ${visibleName(query.Id)} stands for two metrics: give the files of one fetch only.`,
        );
      }
      byId.set(query.Id, query);
    }
  }
  return byId;
}
