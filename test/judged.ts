import { readRuleOutput } from '../src/formats/rule-output.ts';
import { jobFacts } from '../src/measures/job-facts.ts';
import type { Report, RuleResult, Section } from '../src/model/report.ts';
import type { RuleName } from '../src/model/rule-names.ts';
import { judgeAll } from '../src/rules/judge.ts';
import { compose } from '../src/sections/index.ts';
import { memoryStore } from './memory-store.ts';
import { ruleFiles } from './rule-file.ts';

/** The report of some rule files. */
export async function reportOf(files: Partial<Record<RuleName, string>>): Promise<Report> {
  const output = await readRuleOutput(memoryStore(ruleFiles(files)));
  const facts = jobFacts(output);
  return compose(output, facts, judgeAll(output, facts), '0.0.0');
}

export function resultOf(report: Report, rule: RuleName): RuleResult {
  return report.rules.find((result) => result.rule === rule) as RuleResult;
}

export function sectionOf(report: Report, id: string): Section {
  return report.sections.find((section) => section.id === id) as Section;
}

/** Usage statistics of a job with one GPU, so that the rules do not find it to be a CPU job. */
export const someUsage = (gpus = true) => {
  const usage = { 'algo-1': { max: 90, p99: 80, p95: 75, p50: 40, min: 0 } };
  return {
    Network: usage,
    GPU: gpus ? usage : {},
    CPU: usage,
    'CPU memory': usage,
    'GPU memory': gpus ? usage : {},
    'I/O': usage,
  };
};
