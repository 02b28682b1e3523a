import type { Section } from '../model/report.ts';
import type { RuleOutput } from '../model/rule-output.ts';
import { visibleName } from '../model/text.ts';
import { column, table, text, warning } from './section.ts';

/** What was read, what was missing, and what had to be left out. */
export function inputs({ inputs: files, problems, source, jobParameters = {}, analysis }: RuleOutput): Section {
  const parameters = Object.entries(jobParameters).map(([name, value]) => [visibleName(name), visibleName(value)]);
  const rows = files.map(({ file, status, bytes, detail }) => [file, status, bytes ?? null, detail ?? '']);
  return {
    id: 'inputs',
    title: 'What was read',
    blocks: [
      text(analysis ? `Raw profiler output from ${source}; the rules ran on it here.` : `Rule files from ${source}.`),
      table(
        'inputs-table',
        'Files',
        [
          column.text('File'),
          column.text('Status'),
          { label: 'Size', kind: 'number', unit: 'bytes', digits: 0 },
          column.text('Remark'),
        ],
        rows,
      ),
      ...(parameters.length === 0
        ? []
        : [
            table(
              'job-parameters-table',
              'Parameters of the rule, from the training job',
              [column.text('Parameter'), column.text('Value')],
              parameters,
            ),
          ]),
      ...(problems.length === 0
        ? [
            text(
              analysis?.run.damage.length
                ? 'What could not be read is told under data quality.'
                : 'Everything in them could be read.',
            ),
          ]
        : [
            warning('Some of what the files hold did not fit: it is left out of this report, and listed here.'),
            table(
              'problems-table',
              'What did not fit and was left out',
              [column.text('File'), column.text('Key'), column.text('Problem')],
              problems.map(({ file, path, message }) => [file, path, message]),
            ),
          ]),
    ],
  };
}
