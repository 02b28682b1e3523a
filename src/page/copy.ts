/** How long a button says what became of the copying. */
const SAID_MILLISECONDS = 2000;

/** Gives each section its button that copies it as markdown. */
export function copyButtons(document: Document, markdown: ReadonlyMap<string, string>): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const text = markdown.get(button.dataset.copy ?? '');
    const label = button.firstElementChild;
    if (text === undefined || !label) continue;
    const usual = label.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      label.textContent = (await copy(document, text)) ? 'Copied' : 'Copying is not allowed here';
      setTimeout(() => {
        label.textContent = usual;
      }, SAID_MILLISECONDS);
    });
  }
}

/** A sandboxed frame has no clipboard, and asking for it would leave an error in the console. */
async function copy(document: Document, text: string): Promise<boolean> {
  if (window.origin === 'null' && copyBySelection(document, text)) return true;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(document, text);
  }
}

/** For frames without the clipboard permission, and pages served without https. */
function copyBySelection(document: Document, text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'hidden';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
