import type { JobFacts } from '../measures/job-facts.ts';
import type { Verdict } from '../model/report.ts';
import type { RuleName } from '../model/rule-names.ts';
import type { Part, RuleReport } from '../model/rule-report.ts';
import { count, duration, plural } from '../model/text.ts';

/** One rule: what it checks, and how its file is judged. One file each; `index.ts` lists them. */
export interface Rule<Name extends RuleName = RuleName> {
  readonly name: Name;
  readonly title: string;
  /** Anchor of the section that tells more. */
  readonly sectionId: string;
  /** Documented parameters with the production defaults (all 78 production reports carry these). */
  readonly defaults: Readonly<Record<string, string>>;
  /** Parts of the file without which there is no verdict but `error`. */
  readonly needs: readonly Part[];
  /** True where there is nothing to pass or fail. */
  readonly descriptive?: boolean;
  /** One sentence with the limits filled in. */
  checks(parameters: Parameters): string;
  judge(report: RuleReport<Name>, facts: JobFacts, parameters: Parameters): Judgement;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly finding: string;
  /** What to do first; with an issue. */
  readonly action?: string;
  /** How much there is to gain, 0 to 1: orders issues. */
  readonly weight?: number;
}

/** A parameter as a number: the file's value where it is one, else the default. */
export type Parameters = (name: string) => number;

export function parametersOf({ defaults }: Pick<Rule, 'defaults'>, report: RuleReport | undefined): Parameters {
  return (name) => {
    const text = report?.parameters.get(name) ?? '';
    const value = Number(text);
    return text.trim() !== '' && Number.isFinite(value) ? value : Number(defaults[name]);
  };
}

export function notJudged(reason: string, finding: string): Judgement {
  return { verdict: 'not judged', reason, finding };
}

export const NO_GPU = notJudged('no GPU', 'The job ran without a GPU.');

/** What a verdict rests on that follows the service's own counts. */
export const COUNTED: readonly Part[] = ['triggered', 'datapoints', 'details'];

/**
 * For a rule that never triggered: undefined where it had more data points than its patience, and so looked at all. (Where it triggered it
 * did: `Datapoints` are those of the last GPU or node only.)
 */
export function tooShort(points: number, patience: number, facts: JobFacts): Judgement | undefined {
  if (points > patience) return undefined;
  const interval = facts.job.samplingIntervalSeconds;
  const span = (n: number) => (interval === undefined ? '' : ` (${duration(n * interval)})`);
  return notJudged(
    'too short',
    `There are ${plural(points, 'data point')}${span(points)}; the rule needs more than ${count(patience)}${span(patience)} before it judges.`,
  );
}

/** `gpu0 on algo-1`; the node only where there are several. */
export function gpuName(node: string, gpu: string, facts: JobFacts): string {
  return facts.job.nodes.length > 1 ? `${gpu} on ${node}` : gpu;
}
