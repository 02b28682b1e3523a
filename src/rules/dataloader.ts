import { plural } from '../model/text.ts';
import { dataloaderOfService } from './dataloader-compat.ts';
import { dataloaderOfJob } from './dataloader-fixed.ts';
import { fitOf, loadersFinding, loadersFit, loadersMisfit, PATIENCE, tooFewSeconds } from './dataloader-verdict.ts';
import { COUNTED, MANY, notJudged, type Rule } from './rule.ts';

export const dataloader: Rule<'Dataloader'> = {
  name: 'Dataloader',
  title: 'Data loading',
  judges: 'training',
  sectionId: 'data-loading',
  defaults: { min_threshold: '70', max_threshold: '200' },
  ranges: { min_threshold: MANY, max_threshold: MANY },
  needs: COUNTED,
  checks: (p) =>
    `Are there fewer data loaders than ${p('min_threshold')} % of the CPU cores, or more than ${p('max_threshold')} %?`,
  run: (run, context) => (context.mode === 'compat' ? dataloaderOfService(run, context) : dataloaderOfJob(run, context)),
  judge(report, facts, p) {
    const { dataloaders: loaders, cores, num_workers: workers, pin_memory: pinMemory } = report.details;
    if (report.datapoints === 0) return notJudged('no data-loading events', 'No data loader was profiled.');
    const seen = { loaders, cores, workers, pinMemory, events: report.datapoints };
    const fit = fitOf(seen, p);
    const finding = loadersFinding(seen);
    // A number outside the limits that did not count means that the rule was still waiting.
    if (report.triggered === 0) {
      const waiting = fit === 'few' || fit === 'many' || report.datapoints <= PATIENCE;
      return waiting ? tooFewSeconds(finding, fit) : loadersFit(finding);
    }
    const doubtful =
      report.datapoints <= 2 * PATIENCE
        ? ` With ${plural(report.datapoints, 'event')} this may be chance: the service counts an event that crosses one of its minutes twice.`
        : '';
    if (fit === 'few' || fit === 'many') return loadersMisfit(`${finding}${doubtful}`, fit, seen, facts.job.gpuCount !== 0);
    return {
      verdict: 'issue',
      reason: 'triggered earlier in the job',
      finding: `${finding}${doubtful}`,
      action: 'Measure a few settings of num_workers: at the end the loaders fitted the cores, earlier they did not.',
      weight: 0.1,
    };
  },
};
