/** An element with text and elements in it; text stays text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  ...children: readonly (string | Node)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/** A button that looks like those of the lab's dialogs. */
export function plainButton(label: string, pressed: () => void): HTMLButtonElement {
  const button = element('button', label);
  button.type = 'button';
  button.className = 'jp-mod-styled jp-mod-reject';
  button.addEventListener('click', ({ isTrusted }) => isTrusted && pressed());
  return button;
}
