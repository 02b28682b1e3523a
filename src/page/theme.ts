/**
 * The toggle between light and dark. It holds for this view of the page only: a report is often shown in a frame that may not
 * store anything. Where nobody touched it, the page follows the system. What it gives back sets the theme.
 */
export function themeToggle(document: Document, changed: () => void): (theme: 'light' | 'dark') => void {
  const button = document.querySelector<HTMLButtonElement>('#theme');
  const system = document.defaultView?.matchMedia('(prefers-color-scheme: dark)');
  if (!button || !system) return () => {};
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  const show = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
  };
  const set = (theme: 'light' | 'dark') => {
    if (root.dataset.theme === theme) return;
    root.dataset.theme = theme;
    show();
    changed();
  };
  button.addEventListener('click', () => set(isDark() ? 'light' : 'dark'));
  system.addEventListener('change', () => {
    show();
    changed();
  });
  show();
  button.hidden = false;
  return set;
}
