import { analyze } from './analyze.ts';
import type { Condition } from './conditions/condition.ts';
import { judgeConditions } from './conditions/results.ts';
import { monitoredRun } from './formats/monitored-run.ts';
import { jobFacts } from './measures/job-facts.ts';
import { resolutionSeconds } from './measures/resolution.ts';
import type { ConditionResult } from './model/condition-result.ts';
import { UsageError } from './model/errors.ts';
import type { Issue } from './model/issue.ts';
import type { Monitored } from './model/monitored.ts';
import type { Input, Job, Problem, Report, RuleResult } from './model/report.ts';
import type { EndpointRun, TrainingRun } from './model/run.ts';
import type { OutputFile } from './model/store.ts';
import { plural } from './model/text.ts';
import { SILENT } from './model/usage.ts';
import { VERSION } from './model/version.ts';
import { givenParameters } from './rules/given-parameters.ts';
import { ENDPOINT_RULES } from './rules/index.ts';
import { judgeAll, judgeOutcomes } from './rules/judge.ts';
import { runEndpointRules } from './rules/run-rules.ts';
import { assemble } from './sections/assemble.ts';
import { monitoredSections } from './sections/monitored/index.ts';
import type { Format } from './writers/index.ts';
import { written } from './written.ts';

export interface MonitorOptions {
  /** What to write; nothing when left out. */
  readonly formats?: readonly Format[];
  /** By full name, `LatencyOverTarget_target`, case aside; defaults for all others. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Limits on metrics that are looked for, as `parseCondition` reads them. */
  readonly conditions?: readonly Condition[];
}

export interface MonitorResult {
  readonly report: Report;
  /** What became of the conditions, in their order. */
  readonly conditions: readonly ConditionResult[];
  /** The written forms of the report, in memory. */
  readonly files: readonly Required<OutputFile>[];
}

/** From what CloudWatch has of a job or endpoint to a report: judge, compose, write. Throws a UsageError for a parameter of no rule. */
export async function monitor(
  monitored: Monitored,
  { formats = [], parameters = {}, conditions: asked = [] }: MonitorOptions = {},
): Promise<MonitorResult> {
  const run = monitoredRun(monitored);
  const { job, results, issues, problems } = run.kind === 'endpoint' ? judgeEndpoint(run, parameters) : judgeJob(run, parameters);
  const conditions = judgeConditions(asked, monitored);
  const apart = resolutionSeconds(monitored);
  const labelled = results.map((result) => ({ ...result, resolutionSeconds: apart }));
  const report = assemble({
    version: VERSION,
    job: { ...job, ...subjectOf(monitored), samplingIntervalSeconds: apart },
    rules: labelled,
    sections: monitoredSections(run, monitored, labelled, issues, conditions),
    inputs: inputsOf(monitored),
    problems,
  });
  return { report, conditions, files: await written(report, SILENT, formats) };
}

interface Judged {
  readonly job: Job;
  readonly results: readonly RuleResult[];
  readonly issues: ReadonlyMap<string, readonly Issue[]>;
  readonly problems: readonly Problem[];
}

function judgeEndpoint(run: EndpointRun, parameters: Readonly<Record<string, string>>): Judged {
  const { given, refused } = givenParameters(parameters, ENDPOINT_RULES);
  const [first] = refused;
  if (first) throw new UsageError(`the rule parameter ${first.name} ${first.reason}.`);
  const outcomes = runEndpointRules(run, given);
  const issues = new Map([...outcomes].map(([name, outcome]) => [name, outcome.issues]));
  return { job: { source: run.monitored.source, nodes: [] }, results: judgeOutcomes(outcomes), issues, problems: [] };
}

function judgeJob(run: TrainingRun, parameters: Readonly<Record<string, string>>): Judged {
  const { outcomes, ...analyzed } = analyze(run, { parameters });
  const output = { ...analyzed, source: run.monitored?.source ?? '', folder: '', inputs: [] };
  const facts = jobFacts(output);
  return {
    job: facts.job,
    results: judgeAll(output, facts, outcomes),
    issues: analyzed.analysis.issues,
    problems: analyzed.problems,
  };
}

function subjectOf({ subject, source, startSeconds, endSeconds }: Monitored) {
  const { kind, name, status, failureReason } = subject;
  return {
    kind,
    name,
    ...(status === undefined ? {} : { status }),
    ...(failureReason === undefined ? {} : { failureReason }),
    source,
    startSeconds,
    endSeconds,
  };
}

function inputsOf({ series, logs, source }: Monitored): Input[] {
  const points = series.reduce((sum, { values }) => sum + values.length, 0);
  const metrics = `${plural(series.length, 'series', 'series')}, ${plural(points, 'data point')}`;
  return [
    { file: source, status: series.length > 0 ? 'read' : 'missing', detail: metrics },
    ...(logs.group === undefined
      ? []
      : [{ file: logs.group, status: 'read' as const, detail: plural(logs.lines.length, 'log line') }]),
  ];
}
