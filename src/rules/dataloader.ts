import { plural } from '../model/text.ts';
import { notJudged, type Rule } from './rule.ts';

/** Seconds with data-loading events that the rule waits for; fixed in the service's rule and not in its parameters. */
const PATIENCE = 10;

export const dataloader: Rule<'Dataloader'> = {
  name: 'Dataloader',
  title: 'Data loading',
  sectionId: 'data-loading',
  defaults: { min_threshold: '70', max_threshold: '200' },
  checks: (p) =>
    `Are there fewer data loaders than ${p('min_threshold')} % of the CPU cores, or more than ${p('max_threshold')} %?`,
  judge(report, _facts, p) {
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
    return {
      verdict: 'issue',
      reason: many ? 'more loaders than cores can serve' : few ? 'few loaders for the cores' : 'triggered earlier in the job',
      finding,
      action: many
        ? 'Lower num_workers: more loaders than cores only get in each other’s way.'
        : `Raise num_workers towards the number of cores${pinned === false ? ', and set pin_memory where a GPU is used' : ''}.`,
      weight: 0.45,
    };
  },
};
