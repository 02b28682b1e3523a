import type { FrameworkEvents } from '../model/framework-events.ts';

/** Events whose name or phase passes a test, in their order; one that is there twice once. */
export function eventsWith(events: FrameworkEvents, column: 'name' | 'phase', test: (text: string) => boolean): number[] {
  const texts = column === 'name' ? events.names : events.phases;
  const isMeant = Uint8Array.from(texts, (text) => Number(test(text)));
  const texted = events[column];
  const found: number[] = [];
  for (let event = 0; event < events.count; event++) {
    if (isMeant[texted[event] as number] === 1 && !events.isRepeat(event)) found.push(event);
  }
  return found;
}
