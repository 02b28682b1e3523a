import type { JobFacts } from '../measures/job-facts.ts';
import { REPORT_FORMAT_VERSION, type Report, type RuleResult, type VerdictKey } from '../model/report.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import { parameterProblems } from '../rules/judge.ts';
import { batchSize } from './batch-size.ts';
import { cpuBottlenecks, ioBottlenecks } from './bottlenecks.ts';
import { dataLoading } from './data-loading.ts';
import { frameworkMetrics } from './framework-metrics.ts';
import { gpuMemory } from './gpu-memory.ts';
import { gpuUtilization } from './gpu-utilization.ts';
import { initialization } from './initialization.ts';
import { inputs } from './inputs.ts';
import { rules } from './rules.ts';
import type { SectionMaker } from './section.ts';
import { stepDurations } from './step-durations.ts';
import { summary } from './summary.ts';
import { systemUsage } from './system-usage.ts';
import { workloadBalance } from './workload-balance.ts';

/** The order of the report. */
const SECTIONS: readonly SectionMaker[] = [
  summary,
  rules,
  systemUsage,
  frameworkMetrics,
  initialization,
  stepDurations,
  gpuUtilization,
  workloadBalance,
  dataLoading,
  batchSize,
  cpuBottlenecks,
  ioBottlenecks,
  gpuMemory,
];

/** Most actions shown at the top. */
const MAX_ACTIONS = 3;

/** Puts the report together; `version` is that of the tool. */
export function compose(output: RuleOutput, facts: JobFacts, results: readonly RuleResult[], version: string): Report {
  const problems = [...output.problems, ...parameterProblems(output)];
  const issues = results.filter(({ verdict }) => verdict === 'issue');
  return {
    format: 'profiler-report',
    formatVersion: REPORT_FORMAT_VERSION,
    tool: { name: 'profiler-report', version },
    job: facts.job,
    counts: counts(results),
    actions: issues.flatMap(({ rule, action }) => (action === undefined ? [] : [{ rule, text: action }])).slice(0, MAX_ACTIONS),
    rules: results,
    sections: [...SECTIONS.map((make) => make(facts)), inputs({ ...output, problems })],
    inputs: output.inputs,
    problems,
  };
}

function counts(results: readonly RuleResult[]): Record<VerdictKey, number> {
  const counted = results.filter(({ descriptive }) => !descriptive);
  const of = (wanted: RuleResult['verdict']) => counted.filter(({ verdict }) => verdict === wanted).length;
  return { issue: of('issue'), ok: of('ok'), notJudged: of('not judged'), error: of('error') };
}
