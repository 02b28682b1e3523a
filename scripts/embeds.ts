import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LADDER } from '../src/cloudwatch/period.ts';
import { METRICS } from '../src/model/cloudwatch-metrics.ts';
import { duration } from '../src/model/text.ts';
import { allRules, ENDPOINT_RULES, minuteRules } from '../src/rules/index.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

interface DecisionRow {
  readonly what: string;
  readonly allowed: boolean;
  readonly source: string;
  readonly reason: string;
}

/** Parts of the documentation that are made from the source: `<!-- embed <kind> <argument> -->` to `<!-- /embed -->` holds one. */
const EMBEDS: Readonly<Record<string, (argument: string) => string>> = {
  file: (path) => fenced(path.slice(path.lastIndexOf('.') + 1), read(path)),
  help: (command) => fenced('text', helpOf(command)),
  rules: (which) => {
    const rules = { endpoint: ENDPOINT_RULES, minute: minuteRules() }[which] ?? allRules();
    const rows = rules.flatMap(({ name, defaults, ranges }) =>
      Object.entries(defaults).map(([parameter, value]) => {
        const [least, largest] = ranges?.[parameter] ?? [];
        const range = least === undefined ? '' : largest === Infinity ? `${least} or more` : `${least} to ${largest}`;
        return `| \`${name}_${parameter}\` | ${value} | ${range} |`;
      }),
    );
    return ['| parameter | default | range |', '|---|---|---|', ...rows].join('\n');
  },
  metrics: () =>
    ['| metrics | unit | statistics | dimensions | namespace |', '|---|---|---|---|---|', ...metricRows()].join('\n'),
  retention: () => {
    const finest = LADDER.filter(({ keptDays }, i) => LADDER[i - 1]?.keptDays !== keptDays);
    const rows = finest.map(({ periodSeconds, keptDays }) => `| the last ${keptDays} days | ${duration(periodSeconds)} |`);
    return ['| where the report begins in | a value every |', '|---|---|', ...rows].join('\n');
  },
  decisions: (path) => {
    const rows: DecisionRow[] = JSON.parse(read(path));
    const said = (reason: string) => reason.replace('{who}', 'you').replace('{have}', 'have');
    return [
      '| | first row that applies | is it sent? | source | reason, as told |',
      '|---|---|---|---|---|',
      ...rows.map(({ what, allowed, source, reason }, i) =>
        ['', i + 1, what, allowed ? '**yes**' : 'no', `\`${source}\``, said(reason), ''].join(' | ').trim(),
      ),
    ].join('\n');
  },
};

/** CloudWatch's metrics of SageMaker as a report knows them, those alike in one row. */
function metricRows(): string[] {
  const rows = METRICS.map(({ namespace, name, units, statistics, percentiles, dimensions }) => ({
    metric: `\`${name}\``,
    rest: [
      units[0],
      [...statistics, ...(percentiles ? ['percentiles'] : [])].join(', '),
      dimensions.map((some) => some.join(', ')).join('; '),
      namespace,
    ],
  }));
  const alike = Map.groupBy(rows, ({ rest }) => rest.join(' | '));
  return [...alike].map(([rest, group]) => `| ${group.map(({ metric }) => metric).join(', ')} | ${rest} |`);
}

/** What a command or subcommand prints of itself. */
export function helpOf(command: string): string {
  const args = [join(root, 'src/cli/main.ts'), ...command.split(' '), '--help'];
  return execFileSync(process.execPath, args, { encoding: 'utf8' });
}

/** Every page of the documentation, paths relative to the project. */
export function pages(): string[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((path) => `docs/${path}`);
  return ['README.md', 'jupyter-extension/README.md', ...docs.filter((path) => path.endsWith('.md'))];
}

/** A page with its embedded parts made anew. */
export function embedded(page: string): string {
  return read(page).replace(
    /(<!-- embed (\w+) (.+?) -->)\n.*?(<!-- \/embed -->)/gs,
    (_, start: string, kind: string, argument: string, end: string) => {
      const make = EMBEDS[kind];
      if (!make) throw new Error(`${page}: there is no embed ${kind}`);
      return `${start}\n${make(argument)}\n${end}`;
    },
  );
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
