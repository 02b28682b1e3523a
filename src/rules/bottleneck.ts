import type { BottleneckLimits } from '../measures/bottleneck-moments.ts';
import { bottleneckShares } from '../measures/bottlenecks.ts';
import type { JobFacts } from '../measures/job-facts.ts';
import type { RuleReport } from '../model/rule-report.ts';
import type { TrainingRun } from '../model/run.ts';
import { percent } from '../model/text.ts';
import { runAsService } from './bottleneck-compat.ts';
import { runByTicks } from './bottleneck-fixed.ts';
import { type Judgement, NO_GPU, type Parameters, type RuleRun, type RunContext, tooShort } from './rule.ts';

/** `busy` is what cores are in a bottleneck, for a sentence. */
export function runBottleneck(run: TrainingRun, context: RunContext, limits: BottleneckLimits, busy: string): RuleRun {
  return context.mode === 'compat' ? runAsService(run, context, limits) : runByTicks(run, context, limits, busy);
}

/** CPUBottleneck and IOBottleneck are the same rule over another metric. */
export function judgeBottleneck(
  report: RuleReport<'CPUBottleneck' | 'IOBottleneck'>,
  facts: JobFacts,
  p: Parameters,
  words: { readonly cause: string; readonly action: string },
): Judgement {
  if (!facts.mayHaveGpus) return NO_GPU;
  const { bottleneck, idle } = bottleneckShares(report);
  const isMonitored = facts.analysis?.run.monitored !== undefined;
  const gpuWas = isMonitored ? "a host's GPUs were" : 'a GPU was';
  const moments = isMonitored ? 'minutes' : 'moments';
  const finding = `In ${percent(bottleneck)} of all ${moments} ${gpuWas} idle while ${words.cause}; in another ${percent(idle)} ${gpuWas} idle for other reasons.`;
  const reason = `${percent(bottleneck)} of ${moments}, limit ${percent(p('threshold'))}`;
  if (report.triggered === 0) return tooShort(report.datapoints, p('patience'), facts) ?? { verdict: 'ok', reason, finding };
  const early = bottleneck <= p('threshold');
  const told = early ? `${finding} The limit of ${percent(p('threshold'))} was exceeded earlier in the job.` : finding;
  if (facts.gpusNeverUsed) {
    return {
      verdict: 'issue',
      reason,
      finding: `${told} The GPUs were never used, so that any busy core counts here.`,
      action: 'See to it first that the model runs on a GPU; this rule tells nothing before it does.',
      weight: 0.05,
    };
  }
  return { verdict: 'issue', reason, finding: told, action: words.action, weight: Math.min(1, bottleneck / 100) };
}
