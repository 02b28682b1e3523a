import { chmodSync, linkSync, mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/writers/html.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { asking, picture, serviceNotebook, servicePage } from '../opt-out/reports.ts';
import { asOrdinaryUser, command, newFolder, permissionsBind } from './command.ts';
import { contentsOf } from './jobs.ts';

const CALL = 'setup_profiler_report(arn)';
const OPTED = 'setup_profiler_report(arn, opt_out=True)';
const UNSURE = 'setup_profiler_report(*arn)';

/** Puts files into a new folder; returns it. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = newFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const others = {
  'index.html': '<p>other</p>',
  'a/profiler-reports/BatchSize.json': picture,
  'a/notes.txt': picture,
  'b/x.ipynb': '{}',
};
const reports = () =>
  folderOf({
    ...others,
    'a/profiler-report.html': servicePage(),
    'a/profiler-report.ipynb': serviceNotebook(CALL),
    'b/ours (1).html': html(sampleReport, asking[0]),
    'done.html': servicePage(''),
  });

test('opts out every report below a folder, tells what it changed, and has nothing to do a second time', async () => {
  const folder = reports();
  const first = await command(['opt-out', folder]);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const blocks = first.stdout.split('\n\n');
  expect(blocks.pop()).toBe('Changed 3 of 4 reports.\n');
  expect(blocks.sort()).toEqual([
    `${folder}/a/profiler-report.html\n  removed the hidden picture`,
    `${folder}/a/profiler-report.ipynb\n  code cell 3: gave setup_profiler_report opt_out=True`,
    `${folder}/b/ours (1).html\n  removed the question and its script\n  closed its content security policy`,
  ]);
  const after = contentsOf(folder);
  for (const [path, text] of Object.entries(others)) expect(after.get(path)).toBe(text);
  expect(after.get('a/profiler-report.html')).toBe(servicePage(''));
  expect(after.get('a/profiler-report.ipynb')).toBe(serviceNotebook(OPTED));
  expect(after.get('b/ours (1).html')).not.toContain(asking[0].endpoint);

  const times = () => [...after.keys()].map((path) => statSync(join(folder, path), { bigint: true }).mtimeNs);
  const written = times();
  expect(await command(['opt-out', folder])).toEqual({ code: 0, stdout: 'Nothing to change in 4 reports.\n', stderr: '' });
  expect(times()).toEqual(written);
});

test('--dry-run tells the same and writes nothing', async () => {
  const folder = reports();
  const before = contentsOf(folder);
  const { code, stdout } = await command(['opt-out', '--dry-run', folder]);
  expect(code).toBe(0);
  expect(stdout).toContain('  removed the hidden picture\n');
  expect(stdout).toContain('\nWould change 3 of 4 reports; nothing was written.\n');
  expect(contentsOf(folder)).toEqual(before);
});

test('--json prints one document', async () => {
  const folder = folderOf({ 'a.ipynb': serviceNotebook(`${CALL}\n${UNSURE}`) });
  const { code, stdout } = await command(['opt-out', '--json', '--dry-run', folder, '/nowhere']);
  const [file, clause] = [
    `${folder}/a.ipynb`,
    'code cell 3: a call of setup_profiler_report unpacks its arguments: give it opt_out=True by hand',
  ];
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    dryRun: true,
    reports: [{ file, changes: ['code cell 3: gave setup_profiler_report opt_out=True'], left: [clause] }],
    problems: ['cannot read /nowhere: it does not exist. Check the path.', `${file}: ${clause}.`],
  });
});

test('a file that has several names is changed once; links stay links, and modes stay', async () => {
  const folder = folderOf({ 'real/a.html': servicePage(), 'real/b.html': servicePage() });
  symlinkSync('real/a.html', join(folder, 'link.html'));
  symlinkSync('..', join(folder, 'real/up'));
  symlinkSync('nowhere.html', join(folder, 'dangling.html'));
  linkSync(join(folder, 'real/b.html'), join(folder, 'hard.html'));
  chmodSync(join(folder, 'real/a.html'), 0o444);
  const { code, stdout } = await command(['opt-out', folder, join(folder, 'real/a.html'), 'real'], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toContain('Changed 3 of 3 reports.');
  expect(readlinkSync(join(folder, 'link.html'))).toBe('real/a.html');
  expect(statSync(join(folder, 'real/a.html')).mode & 0o777).toBe(0o444);
  for (const name of ['real/a.html', 'real/b.html', 'hard.html'])
    expect(readFileSync(join(folder, name), 'utf8')).toBe(servicePage(''));
});

describe('what cannot be done is told in a line, and the rest is done', () => {
  test('a report that only a person can judge', async () => {
    const folder = folderOf({ 'a.ipynb': serviceNotebook(UNSURE), 'b.html': servicePage() });
    const { code, stdout, stderr } = await command(['opt-out', folder]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `profiler-report: ${folder}/a.ipynb: code cell 3: a call of setup_profiler_report unpacks its arguments: give it opt_out=True by hand.\n`,
    });
    expect(stdout).toBe(`${folder}/b.html\n  removed the hidden picture\n\nChanged 1 of 2 reports.\n`);
    expect(contentsOf(folder).get('a.ipynb')).toBe(serviceNotebook(UNSURE));
  });

  test('files that are no reports, named or within a folder that is named as well, and places that are not there', async () => {
    const folder = folderOf({ 'a.html': servicePage(), 'b.html': '<p>', 'c.txt': picture });
    const named = ['c.txt', 'b.html', 'gone'].map((name) => join(folder, name));
    const { code, stdout, stderr } = await command(['opt-out', named[0] ?? '', folder, ...named.slice(1)]);
    const made = 'is no report with a beacon: name an html or notebook made by profiler-report or the service.';
    expect(code).toBe(2);
    expect(stderr.split('\n').sort()).toEqual([
      '',
      `profiler-report: ${folder}/b.html ${made}`,
      `profiler-report: ${folder}/c.txt ${made}`,
      `profiler-report: cannot read ${folder}/gone: it does not exist. Check the path.`,
    ]);
    expect(stdout).toContain('Changed 1 of 1 report.');
  });

  test.skipIf(!permissionsBind)('files and folders that may not be read or written', async () => {
    const folder = folderOf({
      'a.html': servicePage(),
      'b.html': servicePage(),
      'shut/c.html': servicePage(),
      'fixed/d.html': servicePage(),
    });
    chmodSync(join(folder, 'a.html'), 0);
    chmodSync(join(folder, 'shut'), 0);
    chmodSync(join(folder, 'fixed'), 0o555);
    const { code, stdout, stderr } = await command(['opt-out', folder], { through: asOrdinaryUser });
    for (const [name, mode] of [
      ['a.html', 0o644],
      ['shut', 0o755],
      ['fixed', 0o755],
    ] as const)
      chmodSync(join(folder, name), mode);
    expect(code).toBe(2);
    expect(stderr.split('\n').sort().slice(1)).toEqual([
      `profiler-report: cannot read ${folder}/a.html: permission denied. Run as a user who may, or change its permissions.`,
      `profiler-report: cannot read ${folder}/shut: permission denied. Run as a user who may, or change its permissions.`,
      `profiler-report: cannot write ${folder}/fixed/d.html: permission denied. Run as a user who may, or change its permissions.`,
    ]);
    expect(stdout).toBe(`${folder}/b.html\n  removed the hidden picture\n\nChanged 1 of 1 report.\n`);
    expect([...contentsOf(folder)].filter(([, text]) => text === servicePage('')).map(([path]) => path)).toEqual(['b.html']);
  });

  test.skipIf(process.platform === 'win32')('what is neither file nor folder', async () => {
    const stderr = 'profiler-report: /dev/null is neither a file nor a folder: name an html, a notebook or a folder of them.\n';
    expect(await command(['opt-out', '/dev/null'])).toEqual({ code: 2, stdout: '', stderr });
  });

  test('nothing named, and nothing found', async () => {
    expect(await command(['opt-out'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("missing required argument 'places'"),
    });
    const folder = folderOf(others);
    expect(await command(['opt-out', folder])).toEqual({
      code: 0,
      stdout: 'There is no report here: nothing to change.\n',
      stderr: '',
    });
  });
});
