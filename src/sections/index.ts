import type { JobFacts } from '../measures/job-facts.ts';
import type { Report, RuleResult, Section } from '../model/report.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import { parameterProblems } from '../rules/judge.ts';
import { assemble, withRuleSections } from './assemble.ts';
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

/** Puts the report together; `version` is that of the tool. Its sections are made only where they are wanted. */
export function compose(
  output: RuleOutput,
  facts: JobFacts,
  results: readonly RuleResult[],
  version: string,
  withSections = true,
): Report {
  const problems = [...output.problems, ...parameterProblems(output)];
  return assemble({
    version,
    job: facts.job,
    rules: results,
    sections: withSections ? [...sectionsOf(facts, results), inputs({ ...output, problems })] : [],
    inputs: output.inputs,
    problems,
  });
}

function sectionsOf(facts: JobFacts, results: readonly RuleResult[]): Section[] {
  const time = facts.analysis && timeContext(facts.analysis, facts);
  const made = SECTIONS.flatMap((make) => make(facts, time) ?? []);
  return withRuleSections(made, results, facts.analysis?.issues);
}
