/** An element with a class of the panel's, properties and children; texts stay texts. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name: string,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  children: readonly (Node | string)[] = [],
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.className = `profiler-report-${name}`;
  made.append(...children);
  return made;
}

export function button(name: string, text: string, clicked: () => void): HTMLButtonElement {
  const made = element('button', name, { type: 'button' }, [text]);
  made.addEventListener('click', clicked);
  return made;
}
