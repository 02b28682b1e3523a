import type { Report, RuleResult } from '../../model/report.ts';
import { plural } from '../../model/text.ts';
import { readJob } from '../read-job.ts';
import type { SourceOptions } from '../source.ts';
import { columns, painter, print, type Terminal } from '../terminal.ts';

interface DoctorOptions extends SourceOptions {
  readonly json?: boolean;
}

interface Diagnosis {
  readonly rule: string;
  readonly title: string;
  readonly file: string;
  readonly status: 'read' | 'missing' | 'damaged' | 'ignored';
  /** `describes`: read, but there is nothing to pass or fail. */
  readonly judged: 'yes' | 'no' | 'describes';
  /** Why not, or what is wrong with the file. */
  readonly detail: string;
}

/** Tells what is there, which rules can be judged and why the others cannot. Throws a UsageError where nothing can be read. */
export async function doctor(location: string | undefined, options: DoctorOptions, terminal: Terminal): Promise<void> {
  const { trainingJob, report } = await readJob(location, options, terminal, { formats: [], visible: !options.json });

  const rules = report.rules.map((result) => diagnose(result, report));
  if (options.json) {
    const { job, inputs, problems } = report;
    terminal.stdout.write(`${JSON.stringify({ job, rules, inputs, problems, trainingJob }, null, 2)}\n`);
    return;
  }
  const paint = painter(terminal);
  const parameters = Object.entries(trainingJob?.ruleParameters ?? {}).map(([name, value]) => `  ${name}: ${value}`);
  print(terminal, [
    `${paint('bold', 'Source')}  ${report.job.source}`,
    ...jobLines(report),
    '',
    ...table(rules, paint),
    ...section(paint('bold', 'Not used'), others(report)),
    ...section(
      paint('bold', 'Left out while reading'),
      report.problems.map(({ file, path, message }) => `  ${file}${path && ` at ${path}`}: ${message}`),
    ),
    ...section(paint('bold', 'Rule parameters of the training job'), parameters),
    '',
    verdictLine(rules),
  ]);
}

function diagnose(result: RuleResult, { inputs }: Report): Diagnosis {
  const file = `${result.rule}.json`;
  const input = inputs.find((candidate) => candidate.file === file);
  const passed = result.verdict === 'issue' || result.verdict === 'ok';
  const describes = result.descriptive;
  return {
    rule: result.rule,
    title: result.title,
    file,
    status: input?.status ?? 'missing',
    judged: passed ? 'yes' : describes ? 'describes' : 'no',
    detail: passed || describes ? (input?.detail ?? '') : `${result.reason}: ${result.finding}`,
  };
}

function table(rules: readonly Diagnosis[], paint: ReturnType<typeof painter>): string[] {
  const rows = rules.map(({ file, status, judged, detail }) => [file, status, judged, detail]);
  const [head = '', ...lines] = columns([['File', 'Status', 'Judged', 'Why not'], ...rows]);
  const painted = lines.map((line, i) =>
    rules[i]?.judged === 'no' ? paint(rules[i].status === 'read' ? 'yellow' : 'red', line) : line,
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

/** Files that are none of the eleven, and older reports of the job. */
function others({ inputs }: Report): string[] {
  return inputs.filter(({ status }) => status === 'ignored').map(({ file, detail }) => `  ${file}: ${detail ?? 'ignored'}`);
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', title, ...lines] : [];
}
