import type { JobFacts } from '../measures/job-facts.ts';
import { REPORT_FORMAT_VERSION, type Report, type RuleResult, type Section, type VerdictKey } from '../model/report.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import { parameterProblems } from '../rules/judge.ts';
import { batchSize } from './batch-size.ts';
import { cpuBottlenecks, ioBottlenecks } from './bottlenecks.ts';
import { dataLoading } from './data-loading.ts';
import { dataQuality } from './data-quality.ts';
import { devicesOverTime } from './devices-over-time.ts';
import { frameworkActivity } from './framework-activity.ts';
import { frameworkMetrics } from './framework-metrics.ts';
import { gpuMemory } from './gpu-memory.ts';
import { gpuUtilization } from './gpu-utilization.ts';
import { initialization } from './initialization.ts';
import { inputs } from './inputs.ts';
import { withIssues } from './issues.ts';
import { pythonProfiles } from './python-profiles.ts';
import { rules } from './rules.ts';
import type { SectionMaker } from './section.ts';
import { stepDurations } from './step-durations.ts';
import { stepsOverTime } from './steps-over-time.ts';
import { summary } from './summary.ts';
import { systemUsage } from './system-usage.ts';
import { timeContext } from './time-context.ts';
import { utilizationHistograms } from './utilization-histograms.ts';
import { utilizationOverTime } from './utilization-over-time.ts';
import { workloadBalance } from './workload-balance.ts';

/** The order of the report. */
const SECTIONS: readonly SectionMaker[] = [
  summary,
  rules,
  systemUsage,
  utilizationOverTime,
  devicesOverTime,
  utilizationHistograms,
  frameworkMetrics,
  frameworkActivity,
  pythonProfiles,
  initialization,
  stepDurations,
  stepsOverTime,
  gpuUtilization,
  workloadBalance,
  dataLoading,
  batchSize,
  cpuBottlenecks,
  ioBottlenecks,
  gpuMemory,
  dataQuality,
];

/** Most actions shown at the top. */
const MAX_ACTIONS = 3;

/** Puts the report together; `version` is that of the tool. Its sections are made only where they are wanted. */
export function compose(
  output: RuleOutput,
  facts: JobFacts,
  results: readonly RuleResult[],
  version: string,
  withSections = true,
): Report {
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
    sections: withSections ? [...sectionsOf(facts, results), inputs({ ...output, problems })] : [],
    inputs: output.inputs,
    problems,
  };
}

function sectionsOf(facts: JobFacts, results: readonly RuleResult[]): Section[] {
  const time = facts.analysis && timeContext(facts.analysis, facts);
  const made = SECTIONS.flatMap((make) => make(facts, time) ?? []);
  const added = results.filter(({ sectionId }) => made.every(({ id }) => id !== sectionId)).map(addedRule);
  return [...made, ...added].map((section) => withIssues(section, facts.analysis));
}

/** A rule of the user's own tells what it found, and no more. */
function addedRule({ rule, title, sectionId }: RuleResult): Section {
  return { id: sectionId, title, rule, blocks: [] };
}

function counts(results: readonly RuleResult[]): Record<VerdictKey, number> {
  const counted = results.filter(({ descriptive }) => !descriptive);
  const of = (wanted: RuleResult['verdict']) => counted.filter(({ verdict }) => verdict === wanted).length;
  return { issue: of('issue'), ok: of('ok'), notJudged: of('not judged'), error: of('error') };
}
