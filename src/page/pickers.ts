/**
 * Lets people pick one panel of several, and keeps a long list short until they ask for all. What it gives back picks the panel
 * around an element, where that panel is hidden, and tells whether it was.
 */
export function pickers(document: Document): (target: Element) => boolean {
  const pick = new Map<Element, () => void>();
  for (const picker of document.querySelectorAll<HTMLElement>('.picker')) {
    const select = picker.querySelector('select');
    const panels = [...(picker.parentElement?.querySelectorAll<HTMLElement>('.panel') ?? [])];
    if (!select) continue;
    const first = Number(picker.dataset.first);
    const choices: Choice[] = [
      ...(panels.length > first ? [{ label: `The first ${first} of ${panels.length}`, shown: panels.slice(0, first) }] : []),
      { label: `All ${panels.length}`, shown: panels },
      ...panels.map((panel) => ({ label: panel.querySelector('h3')?.textContent ?? '', shown: [panel] })),
    ];
    select.append(...choices.map(({ label }) => new Option(label)));
    const show = () => {
      const shown = new Set(choices[select.selectedIndex]?.shown);
      for (const panel of panels) panel.classList.toggle('unpicked', !shown.has(panel));
      picker.parentElement?.classList.toggle('picked-one', shown.size === 1);
    };
    select.addEventListener('change', show);
    panels.forEach((panel, index) => {
      pick.set(panel, () => {
        select.selectedIndex = choices.length - panels.length + index;
        show();
      });
    });
    show();
    picker.hidden = false;
  }
  return (target) => {
    const hidden = target.closest('.unpicked');
    if (hidden) pick.get(hidden)?.();
    return hidden !== null;
  };
}

interface Choice {
  readonly label: string;
  readonly shown: readonly HTMLElement[];
}
