import { plural } from '../model/text.ts';
import { COUNTED, notJudged, type Rule } from './rule.ts';

/** Seconds with data-loading events that the rule waits for; fixed in the service's rule and not in its parameters. */
const PATIENCE = 10;

export const dataloader: Rule<'Dataloader'> = {
  name: 'Dataloader',
  title: 'Data loading',
  sectionId: 'data-loading',
  defaults: { min_threshold: '70', max_threshold: '200' },
  needs: COUNTED,
  checks: (p) =>
    `Are there fewer data loaders than ${p('min_threshold')} % of the CPU cores, or more than ${p('max_threshold')} %?`,
  judge(report, facts, p) {
    const { dataloaders, cores, num_workers: workers, pin_memory: pinned } = report.details;
    if (report.datapoints === 0) return notJudged('no data-loading events', 'No data loader was profiled.');
    const known = dataloaders !== undefined && cores !== undefined;
    const few = known && dataloaders < (cores * p('min_threshold')) / 100;
    const many = known && dataloaders > (cores * p('max_threshold')) / 100;
    const setting =
      workers === undefined ? '' : ` The loader was set to ${plural(workers, 'worker process', 'worker processes')}.`;
    const finding = known
      ? `${plural(dataloaders, 'data loader was', 'data loaders were')} seen at a time on ${plural(cores, 'core')}.${setting}`
      : `${plural(report.datapoints, 'data-loading event was', 'data-loading events were')} seen.${setting}`;
    // A number outside the limits that did not count means that the rule was still waiting.
    if (report.triggered === 0 && (few || many || report.datapoints <= PATIENCE)) {
      const found = few ? ' That is few.' : many ? ' That is many.' : '';
      return notJudged(
        'too short',
        `${finding}${found} Loading was profiled in too few seconds: the rule needs more than ${PATIENCE}.`,
      );
    }
    if (report.triggered === 0) return { verdict: 'ok', reason: 'loaders fit the cores', finding };
    const doubtful =
      report.datapoints <= 2 * PATIENCE
        ? ` With ${plural(report.datapoints, 'event')} this may be chance: the service counts an event that crosses one of its minutes twice.`
        : '';
    const pin = pinned === false && facts.job.gpuCount !== 0 ? ', and set pin_memory' : '';
    const issue = { verdict: 'issue' as const, finding: `${finding}${doubtful}` };
    if (many) {
      return {
        ...issue,
        reason: 'more loaders than cores can serve',
        action: 'Lower num_workers: more loaders than cores only get in each other’s way.',
        weight: 0.3,
      };
    }
    if (few) {
      return {
        ...issue,
        reason: 'few loaders for the cores',
        action: `Raise num_workers towards the number of cores${pin}.`,
        weight: 0.3,
      };
    }
    return {
      ...issue,
      reason: 'triggered earlier in the job',
      action: 'Measure a few settings of num_workers: at the end the loaders fitted the cores, earlier they did not.',
      weight: 0.1,
    };
  },
};
