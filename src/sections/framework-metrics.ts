import { percent } from '../model/text.ts';
import { frameworkBlocks } from './framework-charts.ts';
import { info, type SectionMaker, text } from './section.ts';

/** `others` above this share is called out, one of forward and backward above that; percent, as in the service's report. */
const MUCH_OTHERS = 25;
const LOPSIDED = 70;

/** Where the framework's time went over the whole job. */
export const frameworkMetrics: SectionMaker = ({ reports, analysis }) => {
  const breakdown = reports.OverallFrameworkMetrics?.details;
  const section = { id: 'framework-metrics', title: 'Framework metrics', rule: 'OverallFrameworkMetrics' } as const;
  if (breakdown === undefined) return { ...section, blocks: [] };
  const blocks = frameworkBlocks('framework', breakdown, { when: '', crossed: false });
  if (blocks.length === 0) return { ...section, blocks: [info('The job left no framework metrics.')] };
  const fixed = analysis?.mode === 'fixed';
  const others = breakdown.phase?.get('others') ?? 0;
  const passes = [...(breakdown.forward_backward ?? [])].filter(([, share]) => share > LOPSIDED);
  return {
    ...section,
    blocks: [
      ...(others > MUCH_OTHERS
        ? [
            text(
              `${fixed ? '' : 'At least '}${percent(others)} of the time went to neither training nor evaluation steps: look for checkpoints, data preparation and gaps between steps.${fixed ? '' : ' (The service counts about half of such time.)'}`,
            ),
          ]
        : []),
      ...passes.map(([name, share]) => text(`${name} took ${percent(share)} of forward and backward time.`)),
      ...blocks,
    ],
  };
};
