import type { Chart } from './chart.ts';
import type { Issue } from './issue.ts';
import type { SubjectKind } from './monitored.ts';

/** Version of the Report as JSON; a reader of an older version says so when it meets a newer one. */
export const REPORT_FORMAT_VERSION = 2;

/** What all writers depend on, and nothing else. Its JSON schema is `docs/report.schema.json`. */
export interface Report {
  /** Marks the file as ours, so that it may be overwritten. */
  readonly format: 'profiler-report';
  readonly formatVersion: number;
  readonly tool: { readonly name: 'profiler-report'; readonly version: string };
  readonly job: Job;
  /** How many rules ended in which verdict. Rules that only describe the job are not counted. */
  readonly counts: Readonly<Record<VerdictKey, number>>;
  /** The most rewarding things to do, first one first, at most three. */
  readonly actions: readonly Action[];
  /** All eleven rules, and those added to them: errors first, then issues, the gravest first. */
  readonly rules: readonly RuleResult[];
  readonly sections: readonly Section[];
  /** Files read, or looked for and not found. */
  readonly inputs: readonly Input[];
  /** Everything tolerated while reading: nothing is lost silently. */
  readonly problems: readonly Problem[];
}

/** The job, or the endpoint, that the report is about. */
export interface Job {
  /** Absent for a profiled training job. */
  readonly kind?: SubjectKind;
  /** Of what CloudWatch has: `InService`, `Failed`, as SageMaker has it, and why it failed. */
  readonly status?: string;
  readonly failureReason?: string;
  /** Name of the job or endpoint: given, or the name of the folder that holds the job's files. */
  readonly name?: string;
  readonly processingJobArn?: string;
  /** Where the rule files were read from, for people. */
  readonly source: string;
  /** First and last sample, seconds since the epoch. */
  readonly startSeconds?: number;
  readonly endSeconds?: number;
  readonly nodes: readonly string[];
  readonly gpuCount?: number;
  readonly coresPerNode?: number;
  /** Mean distance of samples, estimated from their number; of CloudWatch's, the period. */
  readonly samplingIntervalSeconds?: number;
}

export type Verdict = 'issue' | 'ok' | 'not judged' | 'error';
export type VerdictKey = 'issue' | 'ok' | 'notJudged' | 'error';

export interface Action {
  readonly rule: string;
  /** One imperative sentence. */
  readonly text: string;
}

export interface RuleResult {
  /** One of the eleven, or of those added to them. */
  readonly rule: string;
  /** For people, for example `Low GPU utilization`. */
  readonly title: string;
  readonly verdict: Verdict;
  /** Why this verdict, one short clause: `no GPU`, `too short: 142 data points, the rule waits for 1,000`. */
  readonly reason: string;
  /** What the rule checks, one sentence with its limits filled in. */
  readonly checks: string;
  /** What was found in this job, one or two sentences with numbers. */
  readonly finding: string;
  /** What to do first, one sentence; only with an issue. */
  readonly action?: string;
  /** The service's own counts; absent where the file is missing or broken. */
  readonly triggered?: number;
  readonly violations?: number;
  readonly datapoints?: number;
  /** Distinct issues behind an `issue`, where the raw data was read: how many, and the first ones. */
  readonly issueCount?: number;
  readonly issues?: readonly Issue[];
  readonly parameters: readonly RuleParameter[];
  /** Seconds between the samples where they are CloudWatch's: what is shorter was not seen. */
  readonly resolutionSeconds?: number;
  /** True for the two Overall files where they could be read: they describe, there is nothing to pass or fail. */
  readonly descriptive: boolean;
  /** Section that tells more; its anchor. */
  readonly sectionId: string;
}

export interface RuleParameter {
  readonly name: string;
  readonly value: string;
  /** The production default; absent for a parameter the service did not document. */
  readonly default?: string;
  /** True where the value differs from the default: stands out in the report. */
  readonly changed: boolean;
}

/** A part of the report: heading, then blocks in order. */
export interface Section {
  /** Kebab case, unique: the anchor. */
  readonly id: string;
  readonly title: string;
  /** The rule this section tells about: verdict, checks, finding, advice and counts are shown from its RuleResult. */
  readonly rule?: string;
  readonly blocks: readonly Block[];
}

export type Block = TextBlock | NoteBlock | FactsBlock | RulesBlock | TableBlock | ChartBlock | PanelsBlock;

export interface TextBlock {
  readonly kind: 'text';
  readonly text: string;
}

/** A remark about the data or the method, set apart from the text. */
export interface NoteBlock {
  readonly kind: 'note';
  readonly tone: 'info' | 'warning';
  readonly text: string;
}

/** Key figures, shown large. */
export interface FactsBlock {
  readonly kind: 'facts';
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Shown small below the value. */
  readonly detail?: string;
  /** Set for a moment: the page shows it in the viewer's time as well. */
  readonly epochSeconds?: number;
}

/** The table of all rules, from `Report.rules`. */
export interface RulesBlock {
  readonly kind: 'rules';
}

export interface TableBlock {
  readonly kind: 'table';
  readonly table: Table;
}

export interface Table {
  /** Unique in the report, kebab case. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows there were before the table was cut; absent where all are here. */
  readonly totalRows?: number;
  /** Long enough that people want to search in it. */
  readonly searchable: boolean;
  /** Moment of each row, seconds since the epoch, where rows have one: the page shows those around a moment picked in a chart over time. */
  readonly moments?: readonly number[];
}

export interface Column {
  readonly label: string;
  /** Numbers are right-aligned and sorted as numbers; a share (percent) gets a bar behind the number. */
  readonly kind: 'text' | 'number' | 'share';
  /** Shown in the heading. */
  readonly unit?: string;
  /** Decimals to show; default 2. The JSON keeps full precision. */
  readonly digits?: number;
}

export type Cell = string | number | null;

export interface ChartBlock {
  readonly kind: 'chart';
  readonly chart: Chart;
}

/** The same blocks for several nodes, workers or metrics, worst first; the page offers a picker. */
export interface PanelsBlock {
  readonly kind: 'panels';
  /** What the panels stand for: `Node`, `Worker`. */
  readonly label: string;
  readonly panels: readonly Panel[];
}

export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly (TextBlock | NoteBlock | TableBlock | ChartBlock)[];
}

export interface Input {
  readonly file: string;
  readonly status: 'read' | 'missing' | 'damaged' | 'ignored';
  /** Bytes; absent for a missing file. */
  readonly bytes?: number;
  readonly detail?: string;
}

export interface Problem {
  /** File the problem is in. */
  readonly file: string;
  /** Key path inside the file, dots between keys; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}
