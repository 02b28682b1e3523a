import { charts } from './charts/plugin.ts';
import { generate } from './generate/plugin.ts';
import { panel } from './panel/plugin.ts';
import { toggle } from './toggle/plugin.ts';
import { usage } from './usage/plugin.ts';
import { viewer } from './viewer/plugin.ts';

export default [usage, toggle, generate, charts, viewer, panel];
