import { LabIcon } from '@jupyterlab/ui-components';
import { PACKAGE } from './ids.ts';

/** Of reports wherever they are shown: three bars, the last one over the line. */
export const reportIcon = new LabIcon({
  name: `${PACKAGE}:report`,
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16"><g class="jp-icon3" fill="#616161"><path d="M2 8h3v6H2zM6.5 6h3v8h-3zM11 2h3v12h-3z"/><path d="M1 4.2h9v1H1z"/></g></svg>`,
});
