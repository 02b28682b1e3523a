/** Of the npm package; plugin ids begin with it. */
export const PACKAGE = 'profiler-report-jupyterlab';

/** Commands, for menus, palette and each other. */
export const COMMANDS = {
  /** Opens a report in its viewer: `{ path, section? }`, the section by its id. */
  open: 'profiler-report:open',
  /** Makes a report of the folder selected in the file browser, or of `{ path }`. */
  generate: 'profiler-report:generate',
  /** Switches usage statistics of the notebook in front on or off. */
  toggle: 'profiler-report:toggle-usage-statistics',
  /** Shows the whole decision on usage statistics. */
  decision: 'profiler-report:show-usage-decision',
} as const;
