/**
 * The toggle between light and dark. It holds for this view of the page only: a report is often shown in a frame that may not
 * store anything. Where nobody touched it, the page follows the system.
 */
export function themeToggle(document: Document, changed: () => void): void {
  const button = document.querySelector<HTMLButtonElement>('#theme');
  const system = document.defaultView?.matchMedia('(prefers-color-scheme: dark)');
  if (!button || !system) return;
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const show = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
  };
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    show();
    changed();
  });
  system.addEventListener('change', () => {
    show();
    changed();
  });
  show();
  button.hidden = false;
}
