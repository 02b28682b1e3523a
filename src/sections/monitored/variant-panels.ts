import type { Block, ChartBlock } from '../../model/report.ts';
import { visibleName } from '../../model/text.ts';
import { panels } from '../section.ts';
import { MAX_TIME_PANELS } from '../time-context.ts';

/** A panel of charts for each variant that has some, in the order given, which is by traffic. */
export function variantPanels<T extends { readonly name: string }>(
  id: string,
  variants: readonly T[],
  make: (variant: T, suffix: string) => ChartBlock[],
): readonly Block[] {
  const items = variants.flatMap((one) => (make(one, '').length > 0 ? [{ title: visibleName(one.name), one }] : []));
  return panels(id, 'Variant', items, ({ one }, suffix) => make(one, suffix), MAX_TIME_PANELS, 'the most traffic first');
}
