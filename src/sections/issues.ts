import type { Issue } from '../model/issue.ts';
import type { Section, TableBlock } from '../model/report.ts';
import { utc, visibleName } from '../model/text.ts';
import { column, table } from './section.ts';

/** The section with a list of the distinct issues that its rule found, where there are some. */
export function withIssues(section: Section, found: ReadonlyMap<string, readonly Issue[]> = new Map()): Section {
  const issues = found.get(section.rule ?? '') ?? [];
  if (issues.length === 0) return section;
  const rows = issues.map(({ node, device, spans, evidence }) => {
    const [first, last] = [spans[0], spans.at(-1)];
    const place = [node, device].flatMap((name) => (name === undefined ? [] : [visibleName(name)])).join(', ');
    return [place || 'whole job', first && utc(first.startSeconds), last && utc(last.endSeconds), spans.length, evidence];
  });
  const issueTable: TableBlock = table(
    `${section.id}-issues`,
    'Distinct issues',
    [column.text('Where'), column.text('From'), column.text('To'), column.count('Times'), column.text('Evidence')],
    rows,
  );
  return { ...section, blocks: [...section.blocks, issueTable] };
}
