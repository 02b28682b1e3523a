import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SILENT } from '../../src/model/usage.ts';
import { optOut } from '../../src/opt-out/opt-out.ts';
import { notebook } from '../../src/writers/notebook.ts';
import { exampleJob, ruleFiles } from '../fixtures/example-job/index.ts';
import { reportOf } from '../judged.ts';
import { asking, bytesOf, optedOut, picture, request, serviceNotebook } from './reports.ts';

const files = [...ruleFiles({ ...exampleJob, minutes: 12, nodes: 1 })].map(([name, text]) => [name.replace('.json', ''), text]);
const report = await reportOf(Object.fromEntries(files));
const asks = notebook(report, asking[0]);
const silent = silentAs(asks);

const REMOVED = 'code cell 5: removed the code that asks and sends';
const GIVEN = (cell: number) => `code cell ${cell}: gave setup_profiler_report opt_out=True`;
const UNPAIRED = [expect.stringContaining('`generate --opt-out-telemetry`')];

/** The notebook that never asked, but for the digest of the cells it was made with: an opt-out is an edit, and is told as one. */
function silentAs(made: string): string {
  const digest = /"cells_sha256": "\w+"/;
  return notebook(report, SILENT).replace(digest, digest.exec(made)?.[0] ?? '');
}

function edited(text: string, edit: (content: { cells: Record<string, unknown>[] }) => void): string {
  const content = JSON.parse(text);
  edit(content);
  return JSON.stringify(content);
}

/** The sixth code cell is the fifth after the title. */
function setupCell({ cells }: { cells: Record<string, unknown>[] }): Record<string, unknown> {
  return cells.find(({ id }) => id === 'setup') ?? {};
}

describe('our notebook', () => {
  test.each(asking)('becomes the one that never asked', (usage) => {
    const made = notebook(report, usage);
    const { text, changes, left } = optedOut('report.ipynb', made);
    expect(text === silentAs(made)).toBe(true);
    expect({ changes, left }).toEqual({ changes: [REMOVED, GIVEN(5)], left: [] });
  });

  test('needs nothing a second time, or when it never asked: the very bytes come back', () => {
    const bytes = bytesOf(silent);
    const result = optOut('report.ipynb', bytes);
    expect(result).toEqual({ bytes, changes: [], left: [] });
    expect(result?.bytes).toBe(bytes);
  });

  test('with its source as one string, and what the code had shown', () => {
    const change = (text: string, outputs: unknown[]) =>
      edited(text, (content) => {
        const cell = setupCell(content);
        cell.source = (cell.source as string[]).join('');
        cell.outputs = outputs;
      });
    const shown = [
      { output_type: 'stream', name: 'stdout', text: ['One request was made: GET https://stats.example.org/count?x-arn=a\n'] },
    ];
    const { text, changes } = optedOut('report.ipynb', change(asks, shown));
    expect(text).toBe(change(silent, []));
    expect(changes).toEqual([REMOVED, GIVEN(5), 'code cell 5: removed what that code had shown']);
  });

  test('whose call somebody took out', () => {
    const without = (text: string) => edited(text, (content) => (setupCell(content).source as string[]).pop());
    const { text } = optedOut('report.ipynb', without(asks));
    expect(JSON.parse(text)).toEqual(JSON.parse(without(silent)));
  });

  test.each<[string, (source: string[]) => string[]]>([
    ['the end gone', (source) => source.filter((line) => !line.startsWith('# --- end of'))],
    ['the start gone', (source) => source.filter((line) => !line.startsWith('# --- usage'))],
    ['both gone', (source) => source.filter((line) => !/^# --- (end of )?usage/.test(line))],
    ['two regions', (source) => [...source, '\n', ...source]],
    ['the lines the wrong way round', (source) => source.toReversed()],
  ])('with %s is left as it is, and says so', (_, change) => {
    const text = edited(asks, (content) => {
      setupCell(content).source = change(setupCell(content).source as string[]);
    });
    expect(optedOut('report.ipynb', text)).toEqual({ text, changes: [], left: UNPAIRED });
  });
});

describe("the service's notebook", () => {
  test.each<[unknown, unknown]>([
    ['setup_profiler_report(processing_job_arn)', 'setup_profiler_report(processing_job_arn, opt_out=True)'],
    [
      ['from a.b import setup_profiler_report\n', '\n', 'setup_profiler_report(processing_job_arn)'],
      ['from a.b import setup_profiler_report\n', '\n', 'setup_profiler_report(processing_job_arn, opt_out=True)'],
    ],
    [
      ['print("é \\" 𝄞\t")\n', 'setup_profiler_report(\n', '    processing_job_arn,\n', '    False\n', ')'],
      ['print("é \\" 𝄞\t")\n', 'setup_profiler_report(\n', '    processing_job_arn,\n', '    True\n', ')'],
    ],
    [
      ['setup_profiler_report(arn, opt_out=(\n', 'False\n', '))\n'],
      ['setup_profiler_report(arn, opt_out=True', '', ')\n'],
    ],
    [
      ['', 'setup_profiler_report(arn', ')', ''],
      ['', 'setup_profiler_report(arn, opt_out=True', ')', ''],
    ],
  ])('%j opts out', (before, after) => {
    const { text, changes, left } = optedOut('report.ipynb', serviceNotebook(before));
    expect({ text, changes, left }).toEqual({ text: serviceNotebook(after), changes: [GIVEN(3)], left: [] });
    expect(optedOut('report.ipynb', text)).toEqual({ text, changes: [], left: [] });
  });

  test('loses the picture that a cell shows, in one string or in lines', () => {
    const outputs = (html: unknown) => [
      { output_type: 'display_data', metadata: {}, data: { 'text/html': html, 'text/plain': picture } },
    ];
    const call = 'setup_profiler_report(arn, True)';
    const [tag, src] = picture.split(' src=');
    for (const [before, after] of [
      [`<p>"é"</p>${picture}\n`, '<p>"é"</p>\n'],
      [
        ['<p>\n', `${tag}\n`, ` src=${src}</p>\n`],
        ['<p>\n', '</p>\n'],
      ],
      [
        ['<p>\n', `${picture}\n`],
        ['<p>\n', '\n'],
      ],
      [[picture], []],
    ]) {
      const { text, changes } = optedOut('report.ipynb', serviceNotebook(call, outputs(before)));
      expect(JSON.parse(text)).toEqual(JSON.parse(serviceNotebook(call, outputs(after))));
      expect(changes).toEqual(['code cell 3: removed the hidden picture']);
    }
  });

  test('loses the picture in a text cell', () => {
    const { text, changes } = optedOut(
      'report.ipynb',
      serviceNotebook('pass').replace('# Report', JSON.stringify(picture).slice(1, -1)),
    );
    expect({ text, changes }).toEqual({
      text: serviceNotebook('pass').replace('# Report', ''),
      changes: ['text cell: removed the hidden picture'],
    });
  });

  test('changes what is certain and tells of the rest, by cell', () => {
    const before = 'setup_profiler_report(*a)\nsetup_profiler_report(a)\nHTML(\'<img id="profiler-telemetry">\')';
    const { text, changes, left } = optedOut('report.ipynb', serviceNotebook(before));
    expect(text).toBe(serviceNotebook(before.replace('(a)', '(a, opt_out=True)')));
    expect({ changes, left }).toEqual({
      changes: [GIVEN(3)],
      left: [
        'code cell 3: a call of setup_profiler_report unpacks its arguments: give it opt_out=True by hand',
        "code cell 3: it names the service's picture or its request: take that out by hand",
      ],
    });
  });
});

describe('a notebook that names the picture elsewhere keeps it and says so', () => {
  const left = ['it names the hidden picture elsewhere: search it for profiler-telemetry and x-artifact-id'];
  const shown = (data: object) => [{ output_type: 'display_data', metadata: {}, data }];

  test.each([
    ['a picture in markdown', serviceNotebook('pass').replace('# Report', `![](${request})`)],
    ['a comment', serviceNotebook('pass').replace('# Report', '<!-- profiler-telemetry -->')],
    ['shown markdown', serviceNotebook('pass', shown({ 'text/markdown': `![](${request})` }))],
    ['metadata', serviceNotebook('pass').replace('"papermill"', `"a": "${request}", "papermill"`)],
  ])('%s', (_, text) => {
    expect(optedOut('report.ipynb', text)).toEqual({ text, changes: [], left });
  });

  test('beside what goes, and beside code that names it', () => {
    const before = serviceNotebook("HTML('profiler-telemetry')", shown({ 'text/html': picture, 'image/svg+xml': request }));
    const { changes, left: told } = optedOut('report.ipynb', before);
    expect(changes).toEqual(['code cell 3: removed the hidden picture']);
    expect(told).toEqual(["code cell 3: it names the service's picture or its request: take that out by hand", ...left]);
  });
});

test('code that makes the request by a part of its name alone is left, and says so', () => {
  const text = serviceNotebook('urlopen(f"{bucket}?x-artifact-id={version}&x-arn={arn}")');
  const left = ["code cell 3: it names the service's picture or its request: take that out by hand"];
  expect(optedOut('report.ipynb', text)).toEqual({ text, changes: [], left });
});

describe('everything else stays byte for byte', () => {
  const CALL = 'setup_profiler_report(processing_job_arn';
  const OPTED = `${CALL}, opt_out=True`;

  test.each<[string, (text: string) => string]>([
    ['line ends of Windows', (text) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['tabs and no order', (text) => text.replaceAll('\n ', '\n\t\t')],
    ['no white space', (text) => JSON.stringify(JSON.parse(text))],
    ['escapes of every character', (text) => text.replaceAll('é', '\\u00E9').replaceAll('<b>', '\\u003cb\\u003e')],
    [
      'what only Python calls JSON',
      (text) => text.replace('"nbformat": 4', '"a": [NaN, -Infinity, 1e5, Infinity], "nbformat": NaN'),
    ],
    ['white space behind the end', (text) => `${text}\n\n`],
  ])('%s', (_, form) => {
    const { text, changes } = optedOut('report.ipynb', form(serviceNotebook(['import é\n', `${CALL})`])));
    expect(changes).toEqual([GIVEN(3)]);
    expect(text).toBe(form(serviceNotebook(['import é\n', `${OPTED})`])));
  });

  test('bytes that are no UTF-8', () => {
    const odd = Uint8Array.from({ length: 128 }, (_, i) => i + 128);
    const [start, end] = serviceNotebook(`"@" ; ${CALL})`).split('@').map(bytesOf) as [Uint8Array, Uint8Array];
    const [, after] = serviceNotebook(`"@" ; ${OPTED})`).split('@').map(bytesOf) as [Uint8Array, Uint8Array];
    expect(optOut('report.ipynb', new Uint8Array([...start, ...odd, ...end]))?.bytes).toEqual(
      new Uint8Array([...start, ...odd, ...after]),
    );
  });

  /** Any JSON with any white space and any escapes, as text. */
  const space = fc.constantFrom('', ' ', '\n', '\r\n  ', '\t');
  const json = (value: unknown, next: () => string): string => {
    const between = (open: string, parts: string[], close: string) =>
      `${open}${parts.map((part) => next() + part + next()).join(',') || next()}${close}`;
    if (Array.isArray(value))
      return between(
        '[',
        value.map((item) => json(item, next)),
        ']',
      );
    if (typeof value !== 'object' || value === null) {
      const text = JSON.stringify(value);
      return next() === '' ? text.replace(/[é𝄞<]/gu, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`) : text;
    }
    return between(
      '{',
      Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}${next()}:${next()}${json(item, next)}`),
      '}',
    );
  };
  const line = fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '#', ' ', 'é', '<', "'", '\u2028', '\t'), maxLength: 8 });
  const other = fc.record({
    cell_type: fc.constantFrom('code', 'markdown', 'raw'),
    source: fc.oneof(line, fc.array(line)),
    outputs: fc.array(fc.jsonValue()),
    metadata: fc.dictionary(fc.string(), fc.jsonValue()),
  });

  test('any notebook, however it is written, differs in the call alone', () => {
    fc.assert(
      fc.property(
        fc.array(other),
        fc.array(other),
        fc.jsonValue(),
        fc.array(space, { minLength: 1 }),
        (before, after, metadata, spaces) => {
          const written = (call: string) => {
            let i = 0;
            const source = ['x = "é\\n"\n', `${call})  # <é>\n`, 'y = 1'];
            const notebook = { metadata, cells: [...before, { outputs: [], source, cell_type: 'code' }, ...after], nbformat: 4 };
            return json(notebook, () => spaces[i++ % spaces.length] ?? '');
          };
          const { text, changes } = optedOut('a.ipynb', written(CALL));
          expect(changes).toHaveLength(1);
          expect(text).toBe(written(OPTED));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what cannot be read', () => {
  const DAMAGED = ['it cannot be read as a notebook: open it in Jupyter, save it, and try again'];
  const whole = serviceNotebook('setup_profiler_report(arn)');

  test.each([
    ['cut off', whole.slice(0, -20)],
    ['a comma too many', whole.replace('"cells": [', '"cells": [,')],
    ['a merge gone wrong', `<<<<<<< HEAD\n${whole}`],
    ['nested beyond measure', whole.replace('"nbformat"', `"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"nbformat"`)],
    ['a cell with two sources', whole.replaceAll('"source": "setup', '"source": ["a"], "source": "setup')],
    ['an older format', '{"worksheets": [{"cells": [{"input": "setup_profiler_report(arn)"}]}]}'],
  ])('%s: is left as it is, and says so', (_, text) => {
    expect(optedOut('report.ipynb', text)).toEqual({ text, changes: [], left: DAMAGED });
  });

  test('in UTF-16: is left as it is, and says so', () => {
    const bytes = new Uint8Array(Buffer.from(`\uFEFF${whole}`, 'utf16le'));
    expect(optOut('report.ipynb', bytes)).toEqual({
      bytes,
      changes: [],
      left: ['it is UTF-16: save it as UTF-8, then run opt-out again'],
    });
  });

  test('other notebooks and files are no reports', () => {
    for (const text of ['', '{"cells": []}', '{"cells": [{"cell_type": "code", "source": "pass"}]}', 'nonsense', '{"cells":']) {
      expect(optOut('other.ipynb', bytesOf(text))).toBeUndefined();
    }
  });
});
