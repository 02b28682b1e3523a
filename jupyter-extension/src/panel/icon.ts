import { LabIcon } from '@jupyterlab/ui-components';
import { PACKAGE } from '../ids.ts';

/** Bars of a chart with a mark on the longest one. */
export const panelIcon = new LabIcon({
  name: `${PACKAGE}:reports`,
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" d="M3 3h2v16h16v2H3zm4 4h7v3H7zm0 5h12v3H7zm10-9h2v4h-2zm0 5h2v2h-2z"/></svg>',
});
