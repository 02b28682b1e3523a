import { variantNames } from '../../measures/metric-series.ts';
import type { Block, ChartBlock } from '../../model/report.ts';
import { visibleName } from '../../model/text.ts';
import { panels } from '../section.ts';
import { MAX_TIME_PANELS } from '../time-context.ts';
import type { MonitoredContext } from './section.ts';

/** A panel of charts for each variant that has some, in the order given, which is by traffic. A single one is named where the endpoint has more variants. */
export function variantPanels<T extends { readonly name: string }>(
  { monitored }: MonitoredContext,
  id: string,
  variants: readonly T[],
  make: (variant: T, suffix: string) => ChartBlock[],
): readonly Block[] {
  const label = 'Variant';
  const items = variants.flatMap((one, i) => {
    const blocks = make(one, `-${i + 1}`);
    return blocks.length > 0 ? [{ title: visibleName(one.name), one, blocks }] : [];
  });
  const [only] = items;
  if (only && items.length === 1 && variantNames(monitored).length > 1)
    return [{ kind: 'panels', label, panels: [{ id: `${id}-1`, title: only.title, blocks: make(only.one, '') }] }];
  const made = ({ one, blocks }: (typeof items)[number], suffix: string) => (suffix === '' ? make(one, '') : blocks);
  return panels(id, label, items, made, MAX_TIME_PANELS, 'the most traffic first');
}
