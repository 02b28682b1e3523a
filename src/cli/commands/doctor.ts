import type { Findings } from '../../model/findings.ts';
import type { Input, Report, RuleResult } from '../../model/report.ts';
import { RULE_NAMES } from '../../model/rule-names.ts';
import { count, plural } from '../../model/text.ts';
import { readJob } from '../read-job.ts';
import type { RuleOptions } from '../rule-options.ts';
import type { SourceOptions } from '../source.ts';
import { damageLine } from '../summary.ts';
import { columns, painter, print, type Terminal } from '../terminal.ts';

interface DoctorOptions extends SourceOptions, RuleOptions {
  readonly fromRules?: boolean;
  readonly json?: boolean;
}

interface Diagnosis {
  readonly rule: string;
  readonly title: string;
  /** Absent for a rule that the service did not have. */
  readonly file?: string;
  /** `made`: from raw data, here. */
  readonly status: Input['status'] | 'made';
  /** `describes`: read, but there is nothing to pass or fail. */
  readonly judged: 'yes' | 'no' | 'describes';
  /** Why not, or what is wrong with the file. */
  readonly detail: string;
}

/** Tells what is there, which rules can be judged and why the others cannot. Throws a UsageError where nothing can be read. */
export async function doctor(location: string | undefined, options: DoctorOptions, terminal: Terminal): Promise<void> {
  const from = options.fromRules ? ({ from: 'rules' } as const) : {};
  const read = await readJob(location, options, terminal, { formats: [], visible: !options.json, ...from });
  const { trainingJob, report, findings } = read;

  const rules = report.rules.map((result) => diagnose(result, report, findings));
  if (options.json) {
    const { job, inputs, problems } = report;
    const { damage, ended, droppedByService } = findings ?? {};
    const raw = { damage, ended, droppedByService };
    terminal.stdout.write(`${JSON.stringify({ job, rules, inputs, problems, ...raw, trainingJob }, null, 2)}\n`);
    return;
  }
  const paint = painter(terminal);
  const parameters = Object.entries(trainingJob?.ruleParameters ?? {}).map(([name, value]) => `  ${name}: ${value}`);
  print(terminal, [
    `${paint('bold', 'Source')}  ${report.job.source}`,
    ...jobLines(report),
    ...(findings ? section(paint('bold', 'Raw data'), rawLines(report, findings)) : []),
    '',
    ...table(rules, paint),
    ...section(paint('bold', 'Not used'), others(report)),
    ...section(paint('bold', 'Tolerated while reading'), (findings?.damage ?? []).map(damageLine)),
    ...section(
      paint('bold', 'Left out while reading'),
      report.problems.map(({ file, path, message }) => `  ${file}${path && ` at ${path}`}: ${message}`),
    ),
    ...section(paint('bold', 'Rule parameters of the training job'), parameters),
    '',
    verdictLine(rules),
  ]);
}

function diagnose(result: RuleResult, { inputs }: Report, findings: Findings | undefined): Diagnosis {
  const file = `${result.rule}.json`;
  const input = inputs.find((candidate) => candidate.file === file);
  const own = RULE_NAMES.some((name) => name === result.rule) ? { file } : {};
  const passed = result.verdict === 'issue' || result.verdict === 'ok';
  const describes = result.descriptive;
  return {
    rule: result.rule,
    title: result.title,
    ...own,
    status: findings && (file in findings.files || !('file' in own)) ? 'made' : (input?.status ?? 'missing'),
    judged: passed ? 'yes' : describes ? 'describes' : 'no',
    detail: passed || describes ? (input?.detail ?? '') : `${result.reason}: ${result.finding}`,
  };
}

function table(rules: readonly Diagnosis[], paint: ReturnType<typeof painter>): string[] {
  const rows = rules.map(({ rule, file = rule, status, judged, detail }) => [file, status, judged, detail]);
  const [head = '', ...lines] = columns([['File', 'Status', 'Judged', 'Why not'], ...rows]);
  const painted = lines.map((line, i) =>
    rules[i]?.judged === 'no' ? paint(['read', 'made'].includes(rules[i].status) ? 'yellow' : 'red', line) : line,
  );
  return [paint('bold', head), ...painted];
}

function verdictLine(rules: readonly Diagnosis[]): string {
  const judging = rules.filter(({ judged }) => judged !== 'describes');
  return `${judging.filter(({ judged }) => judged === 'yes').length} of ${plural(judging.length, 'rule')} can be judged.`;
}

function jobLines({ job }: Report): string[] {
  const gpus = job.gpuCount === undefined ? [] : [plural(job.gpuCount, 'GPU')];
  const size = [plural(job.nodes.length, 'node'), ...gpus].join(', ');
  return [
    `Job     ${job.name ?? 'name not known'}, ${size}`,
    ...(job.processingJobArn ? [`ARN     ${job.processingJobArn}`] : []),
  ];
}

/** What raw data there is, and what the service would have made of it. */
function rawLines({ inputs }: Report, { ended, droppedByService: dropped }: Findings): string[] {
  const read = inputs.filter(({ status }) => status !== 'ignored');
  const left = dropped && (dropped.samples > 0 || dropped.events > 0);
  const beyond = left ? `${plural(dropped.samples, 'sample')} and ${plural(dropped.events, 'event')}` : 'nothing';
  return [
    ...columns(read.map(({ file, status, bytes = 0, detail }) => [`  ${file}`, status, `${count(bytes)} bytes`, detail ?? ''])),
    ended ? '  There is an end marker: the job is over.' : '  There is no end marker: the job still runs, or nobody knows.',
    ...(dropped ? [`  The service would have left out ${beyond} at the end.`] : []),
  ];
}

/** Files that are none of the eleven, and older reports of the job. */
function others({ inputs }: Report): string[] {
  return inputs.filter(({ status }) => status === 'ignored').map(({ file, detail }) => `  ${file}: ${detail ?? 'ignored'}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', title, ...lines] : [];
}
