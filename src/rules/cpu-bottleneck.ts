import { percent } from '../model/text.ts';
import { judgeBottleneck, runBottleneck } from './bottleneck.ts';
import { COUNTED, MANY, PERCENT, type Rule } from './rule.ts';

export const cpuBottleneck: Rule<'CPUBottleneck'> = {
  name: 'CPUBottleneck',
  title: 'CPU bottleneck',
  judges: 'training',
  sectionId: 'cpu-bottlenecks',
  defaults: { threshold: '50', cpu_threshold: '90', gpu_threshold: '10', patience: '1000' },
  perMinute: {
    defaults: { patience: '20' },
    checks: (p) =>
      `In more than ${p('threshold')} % of all minutes, is the mean utilization of a host's GPUs below ${p('gpu_threshold')} % while that of its cores is above ${p('cpu_threshold')} %?`,
  },
  ranges: { threshold: PERCENT, cpu_threshold: PERCENT, gpu_threshold: PERCENT, patience: MANY },
  needs: [...COUNTED, 'violations'],
  checks: (p) =>
    `In more than ${p('threshold')} % of all moments, is a GPU below ${p('gpu_threshold')} % while a CPU core is above ${p('cpu_threshold')} %?`,
  run(run, context) {
    const p = context.parameter;
    const limits = { dimension: 'CPUUtilization', core: p('cpu_threshold'), gpu: p('gpu_threshold') };
    return runBottleneck(run, context, limits, `above ${percent(p('cpu_threshold'))}`);
  },
  judge: (report, facts, p) =>
    judgeBottleneck(report, facts, p, {
      cause: `${facts.analysis?.run.monitored ? 'the mean of the cores' : 'a CPU core'} was above ${p('cpu_threshold')} %`,
      action:
        'Take work off the saturated cores: more data-loader workers, cheaper or precomputed preprocessing, more cores per GPU.',
    }),
};
