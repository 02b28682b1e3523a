import type { JobFacts } from '../measures/job-facts.ts';
import type { MetricName, Statistic } from '../model/cloudwatch-metrics.ts';
import type { Issue } from '../model/issue.ts';
import type { Verdict } from '../model/report.ts';
import type { RuleName } from '../model/rule-names.ts';
import type { Part, RuleReport } from '../model/rule-report.ts';
import type { EndpointRun, TrainingRun } from '../model/run.ts';
import { count, duration, plural } from '../model/text.ts';
import type { Scan } from './scans.ts';

/** What every rule has: the service's eleven, those added to them, and those for endpoints. */
interface CommonRule {
  readonly name: string;
  readonly title: string;
  /** Parameters with their defaults, in the order in which they are told. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Parameters that say again what another one says: `threshold` of StepOutlier is its `stddev`. */
  readonly repeats?: Readonly<Record<string, string>>;
  /** Least and largest value of the parameters that have such; percent are 0 to 100. */
  readonly ranges?: Readonly<Record<string, readonly [least: number, largest: number]>>;
  /** One sentence with the limits filled in. */
  checks(parameters: Parameters): string;
}

/** One of the service's rules: how it makes its file, and how the file is judged. One file each; `index.ts` lists them. */
export interface Rule<Name extends RuleName = RuleName> extends CommonRule {
  readonly name: Name;
  readonly judges: 'training';
  /**
   * Defaults where samples are a minute apart (CloudWatch), for rules that can be judged then; the others say nothing of such a run.
   * Counted in samples they stand for about the time that the service's stand for at two samples a second, and no less than can be judged.
   */
  readonly perMinute?: {
    readonly defaults: Readonly<Record<string, string>>;
    /** What it checks then: a sample is the mean over a minute, and over all cores or all GPUs of a host. */
    checks?(parameters: Parameters): string;
    /** Where it is told then. */
    readonly sectionId?: string;
  };
  /** Anchor of the section that tells more. */
  readonly sectionId: string;
  /** Parts of the file without which there is no verdict but `error`. */
  readonly needs: readonly Part[];
  /** True where there is nothing to pass or fail. */
  readonly descriptive?: boolean;
  /** From the raw data to what goes into the rule's file, and the distinct issues behind it. */
  run(run: TrainingRun, context: RunContext): RuleRun;
  /** From the rule's file to its verdict. */
  judge(report: RuleReport<Name>, facts: JobFacts, parameters: Parameters): Judgement;
}

/** A rule that the service did not have: without a file, judged where the raw data was read (docs/adding-a-rule.md). */
export interface AddedRule extends CommonRule {
  readonly judges?: 'training';
  /** From the raw data to its verdict, and the distinct issues behind it. */
  run(run: TrainingRun, context: RunContext): AddedRuleRun;
}

/** A rule for endpoints, judged on what CloudWatch has of one. */
export interface EndpointRule extends CommonRule {
  readonly judges: 'endpoint';
  /** Those that it looks at beside what is asked of CloudWatch for any report. */
  statistics?(parameters: Parameters): readonly { readonly metric: MetricName; readonly statistic: Statistic }[];
  run(run: EndpointRun, context: EndpointContext): AddedRuleRun;
}

/** Any rule there is. */
export type AnyRule = Rule | AddedRule | EndpointRule;

/** `compat` is the service to the last digit; `fixed` puts its known defects right (docs/rules.md). */
export type Mode = 'fixed' | 'compat';

/** What a rule was told. */
export interface EndpointContext {
  /** A parameter as a number, its default where it was not given. */
  readonly parameter: Parameters;
  /** A parameter as text. */
  readonly text: (name: string) => string;
}

export interface RunContext extends EndpointContext {
  readonly mode: Mode;
  /** The data in the pieces in which rules look at it, in order. */
  readonly scans: readonly Scan[];
}

/** What an added rule made of the raw data. */
export interface AddedRuleRun {
  readonly judgement: Judgement;
  readonly issues: readonly Issue[];
}

/** What one of the service's rules made of the raw data. */
export interface RuleRun {
  readonly triggered: number;
  readonly violations: number;
  readonly datapoints: number;
  /** Details of the rule's file: plain JSON, keys in the order of the file. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Distinct issues; none in `compat` mode, which tells no more than the service did. */
  readonly issues: readonly Issue[];
  /** GPUs with too few samples to be judged, where others were: told beside the verdict, so that silence is no pass. */
  readonly short?: readonly { readonly node: string; readonly device: string }[];
  /** Where the file alone cannot carry the verdict: it wins over `judge`. */
  readonly judgement?: Judgement;
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

export function parametersOf(
  { defaults }: Pick<CommonRule, 'defaults'>,
  report: Pick<RuleReport, 'parameters'> | undefined,
): Parameters {
  return (name) => {
    const text = report?.parameters.get(name) ?? '';
    const value = Number(text);
    return text.trim() !== '' && Number.isFinite(value) ? value : Number(defaults[name]);
  };
}

export function notJudged(reason: string, finding: string): Judgement {
  return { verdict: 'not judged', reason, finding };
}

/** The verdict of a rule that threw. */
export function broken(error: unknown): Judgement {
  const message = error instanceof Error ? error.message : String(error);
  return { verdict: 'error', reason: 'the rule broke', finding: `Judging this rule failed: ${message}.` };
}

/** Ranges of parameters: percent, at least one, at least none. */
export const PERCENT = [0, 100] as const;
export const SOME = [1, Infinity] as const;
export const MANY = [0, Infinity] as const;

export const NO_GPU = notJudged('no GPU', 'The job ran without a GPU.');

/** What a verdict rests on that follows the service's own counts. */
export const COUNTED: readonly Part[] = ['triggered', 'datapoints', 'details'];

/**
 * For a rule that never triggered: undefined where it had more data points than its patience, and so looked at all. (Where it triggered it
 * did: `Datapoints` are those of the last GPU or node only.)
 */
export function tooShort(points: number, patience: number, facts: JobFacts): Judgement | undefined {
  if (points > patience) return undefined;
  if (points === 0) return notJudged('no samples', 'There are no samples that this rule could look at.');
  const interval = facts.job.samplingIntervalSeconds;
  const span = (n: number) => (interval === undefined ? '' : ` (${duration(n * interval)})`);
  return notJudged(
    'too short',
    `There ${points === 1 ? 'is' : 'are'} ${plural(points, 'data point')}${span(points)}; the rule needs more than ${count(patience)}${span(patience)} before it judges.`,
  );
}

/** `gpu0 on algo-1`; the node only where there are several. */
export function gpuName(node: string, gpu: string, facts: JobFacts): string {
  return facts.job.nodes.length > 1 ? `${gpu} on ${node}` : gpu;
}
