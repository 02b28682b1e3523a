const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Arrow keys move among the buttons of the list, right and left unfold and fold a report. Tab and Enter are the browser's. */
export function moveFocus(event: KeyboardEvent): void {
  const { currentTarget: list, target, key } = event;
  if (!(list instanceof HTMLElement && target instanceof HTMLButtonElement) || event.altKey || event.ctrlKey || event.metaKey)
    return;
  const opens = { ArrowRight: 'true', ArrowLeft: 'false' }[key];
  const buttons = [...list.querySelectorAll('button')];
  const step = STEPS[key];
  if (step) buttons[step(buttons.indexOf(target), buttons.length - 1)]?.focus();
  else if (opens === undefined || target.ariaExpanded === null || target.ariaExpanded === opens) return;
  else target.click();
  event.preventDefault();
  event.stopPropagation();
}
