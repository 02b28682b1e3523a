import { operators, uncrossedRatio, wholeShares } from '../measures/framework.ts';
import type { Block } from '../model/report.ts';
import type { FrameworkBreakdown } from '../model/rule-report.ts';
import { count, list, percent } from '../model/text.ts';
import { chart, column, info, table } from './section.ts';

const SHARES = [
  { key: 'phase', title: 'Time by phase' },
  { key: 'forward_backward', title: 'Forward and backward pass' },
  { key: 'ratio', title: 'Time on CPU and GPU' },
  { key: 'general', title: 'Time by framework event' },
  { key: 'horovod', title: 'Time in Horovod' },
] as const;

const DEVICES = [
  { device: 'CPU', shares: 'CPU', totals: 'CPU_total' },
  { device: 'GPU', shares: 'GPU', totals: 'GPU_total' },
] as const;

/** Parts of one bar; more could not be told apart. Real files have at most five. */
const MAX_PARTS = 24;

/** Operators drawn; the table has more. */
const MAX_BARS = 20;

/**
 * Charts and operator tables of a framework breakdown: of the whole job, or of its bottlenecks or slow steps.
 * `when` completes the titles, for example `during bottlenecks`; `crossed` where the service crossed the labels of the ratio (Q10).
 */
export function frameworkBlocks(
  prefix: string,
  breakdown: FrameworkBreakdown,
  options: { when: string; crossed: boolean },
): Block[] {
  const titled = (title: string) => (options.when === '' ? title : `${title} ${options.when}`);
  const blocks: Block[] = [];
  for (const { key, title } of SHARES) {
    const listed = key === 'ratio' && options.crossed ? uncrossedRatio(breakdown) : breakdown[key];
    if (listed === undefined || listed.size === 0) continue;
    const { shares, leftOut } = wholeShares(listed);
    const parts = fewParts([...shares].map(([label, value]) => ({ label, value })));
    const alt = `${titled(title)}: ${list(
      parts.map(({ label, value }) => `${label} ${percent(value)}`),
      6,
    )}.`;
    blocks.push(chart({ kind: 'shares', id: `${prefix}-${key.replace('_', '-')}`, title: titled(title), alt, parts }));
    if (leftOut.length > 0) {
      blocks.push(
        info(
          `${list(leftOut)} is negative in the file and left out: the service counted some events twice, and the other shares are scaled to 100 %.`,
        ),
      );
    }
  }
  for (const { device, shares, totals } of DEVICES) {
    const rows = operators(breakdown[shares], breakdown[totals]);
    if (rows.length === 0) continue;
    const title = titled(`${device} operators`);
    const top = rows.slice(0, 3).map(({ name, share }) => `${name} ${percent(share)}`);
    const bars = rows.slice(0, MAX_BARS).map(({ name, share }) => ({ label: name, value: share }));
    const cut = rows.length > MAX_BARS ? `, the first ${MAX_BARS} of ${count(rows.length)}` : '';
    const id = `${prefix}-operators-${device.toLowerCase()}`;
    blocks.push(
      chart({
        kind: 'bars',
        id,
        title: `${title}${cut}`,
        alt: `${title}, most time first: ${list(top)}.`,
        valueTitle: `Share of listed ${device} time`,
        unit: '%',
        bars,
      }),
      table(
        `${id}-table`,
        title,
        [column.text('Operator'), column.share('Share'), { label: 'Cumulative time', kind: 'number', unit: 'µs', digits: 0 }],
        rows.map(({ name, share, micros }) => [name, share, micros]),
        true,
      ),
    );
  }
  if (breakdown.CPU?.size || breakdown.GPU?.size) {
    blocks.push(
      info('Operator times are inclusive: an operator that calls another contains its time. Operators below 2 % are left out.'),
    );
  }
  return blocks;
}

/** The largest parts in their order, the others summed up as one. */
function fewParts(parts: readonly { label: string; value: number }[]) {
  if (parts.length <= MAX_PARTS) return parts;
  const limit = parts.map(({ value }) => value).sort((a, b) => b - a)[MAX_PARTS - 1] as number;
  const kept = parts.filter(({ value }) => value >= limit).slice(0, MAX_PARTS - 1);
  const rest = 100 - kept.reduce((sum, { value }) => sum + value, 0);
  return [...kept, { label: `${count(parts.length - kept.length)} others`, value: rest }];
}
