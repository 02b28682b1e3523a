import { describe, expect, test } from 'vitest';
import { SILENT } from '../../src/model/usage.ts';
import { optOut } from '../../src/opt-out/opt-out.ts';
import { TAKEN_OUT } from '../../src/opt-out/page.ts';
import { html } from '../../src/writers/html.ts';
import { sampleReport } from '../fixtures/sample-report.ts';
import { asking, bytesOf, optedOut, picture, request, servicePage } from './reports.ts';

const CHANGES = ['removed the question and its script', 'closed its content security policy'];
const asks = html(sampleReport, asking[0]);
const silent = html(sampleReport, { kind: 'silent', reason: TAKEN_OUT });

describe('our page', () => {
  test.each(asking)('becomes the one that never asked', (usage) => {
    const { text, changes, left } = optedOut('report.html', html(sampleReport, usage));
    expect(text === silent).toBe(true);
    expect({ changes, left }).toEqual({ changes: CHANGES, left: [] });
  });

  test('needs nothing a second time, or when it never asked: the very bytes come back', () => {
    for (const text of [silent, html(sampleReport, SILENT)]) {
      const bytes = bytesOf(text);
      const result = optOut('report.html', bytes);
      expect(result).toEqual({ bytes, changes: [], left: [] });
      expect(result?.bytes).toBe(bytes);
    }
  });

  test('of another version, of which only the marks and the policy are known', () => {
    const script = 'fetch("https://a.example/é")\r\nrun()';
    const page = (region: string, policy: string) =>
      `<html><head>\n<META content='${policy}' http-equiv=content-security-policy></head>` +
      `<meta name="generator" content="profiler-report 9.9.9"><!--usage-statistics-->${region}<!--/usage-statistics--></html>`;
    const closed = ['default-src &#39;none&#39;; script-src &#39;sha256-kept&#x3D;&#39;', 'style-src x; img-src data:'] as const;
    // Of the script with its line end as a browser reads it.
    const hash = '&#39;sha256-a6qXMgtOlIk9vvOrZBcUs8aFN7AEdHTyZMEQ8pJh2+4=&#39;';
    const opened = `${closed[0]} ${hash}; CONNECT-SRC https://a.example/; ${closed[1]}`;
    const { text, changes } = optedOut('old.HTM', page(`<p>May it?</p><script type="module">${script}</script>`, opened));
    expect(changes).toEqual(CHANGES);
    const said = /<!--usage-statistics-->(.*)<!--\/usage-statistics-->/s.exec(silent)?.[1] ?? '';
    expect(text).toBe(page(said, closed.join('; ')));
  });

  test.each([
    ['one mark', asks.replace('<!--/usage-statistics-->', '')],
    ['no marks', asks.replace('<!--/usage-statistics-->', '').replace('<!--usage-statistics-->', '')],
    ['a mark too many', asks.replace('</main>', '<!--usage-statistics--></main>')],
    [
      'marks the wrong way round',
      asks
        .replace('<!--/usage-statistics-->', '<!--x-->')
        .replace('<!--usage-statistics-->', '<!--/usage-statistics-->')
        .replace('<!--x-->', '<!--usage-statistics-->'),
    ],
  ])('with %s is left as it is, and says so', (_, text) => {
    const bytes = bytesOf(text);
    const result = optOut('report.html', bytes);
    expect(result?.bytes).toBe(bytes);
    expect(result).toMatchObject({ changes: [], left: [expect.stringContaining('`generate --opt-out-telemetry`')] });
  });
});

describe("the service's page", () => {
  test.each([
    picture,
    picture.replace('>', ' />'),
    picture.replaceAll('"', "'"),
    `<IMG\n SRC="${request}"\r\n ID=profiler-telemetry>`,
    `<img style='display:none' src="${request.replace('&', '&amp;')}">`,
    '<img id="profiler-telemetry" src="">',
  ])('loses %s and nothing else', (tag) => {
    const { text, changes, left } = optedOut('report.html', servicePage(tag));
    expect({ text, changes, left }).toEqual({ text: servicePage(''), changes: ['removed the hidden picture'], left: [] });
    expect(optedOut('report.html', text)).toMatchObject({ changes: [], left: [] });
  });

  test('keeps bytes that are no UTF-8', () => {
    const [start, end] = servicePage().split(picture).map(bytesOf) as [Uint8Array, Uint8Array];
    const odd = Uint8Array.from({ length: 256 }, (_, i) => i).filter((byte) => !`<>"'`.includes(String.fromCharCode(byte)));
    const result = optOut('report.html', new Uint8Array([...start, ...odd, ...bytesOf(picture), ...odd, ...end]));
    expect(result?.bytes).toEqual(new Uint8Array([...start, ...odd, ...odd, ...end]));
  });

  test.each([
    `<!-- ${picture} -->`,
    `<script>document.write('${picture}')</script>`,
    `<iframe src="${request}"></iframe>`,
    `<img id="profiler-telemetry" <b>`,
  ])('with %s keeps it and says so', (end) => {
    const { text, changes, left } = optedOut('report.html', servicePage(picture + end));
    expect({ text, changes }).toEqual({ text: servicePage(end), changes: ['removed the hidden picture'] });
    expect(left).toEqual(['it names the hidden picture elsewhere: search it for profiler-telemetry and x-artifact-id']);
  });

  test('keeps other pictures', () => {
    const others = '<img src="data:image/png;base64,AAAA"><img data-id="x" src="a.png?x-artifact-id=other">';
    expect(optedOut('report.html', servicePage(others)).text).toBe(servicePage(others));
  });
});

describe('a page in UTF-16', () => {
  const littleEndian = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
  const bigEndian = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16());

  test.each([
    ['with its mark', littleEndian(`\uFEFF${servicePage()}`)],
    ['the other way round', bigEndian(`\uFEFF${servicePage()}`)],
    ['without a mark', littleEndian(servicePage())],
    ['the other way round without a mark', bigEndian(servicePage())],
    ['of ours', littleEndian(`\uFEFF${asks}`)],
  ])('%s is left as it is, and says so', (_, bytes) => {
    const result = optOut('report.html', bytes);
    expect(result).toEqual({ bytes, changes: [], left: ['it is UTF-16: save it as UTF-8, then run opt-out again'] });
    expect(result?.bytes).toBe(bytes);
  });

  test('needs nothing without a beacon, and may be no report', () => {
    expect(optOut('report.html', littleEndian(silent))).toMatchObject({ changes: [], left: [] });
    expect(optOut('report.html', littleEndian('\uFEFF<p>Something else</p>'))).toBeUndefined();
  });
});

test('other pages and files are no reports', () => {
  expect(optOut('index.html', bytesOf('<html><p>Something else</p></html>'))).toBeUndefined();
  expect(optOut('report.txt', bytesOf(servicePage()))).toBeUndefined();
  expect(optOut('empty.html', new Uint8Array())).toBeUndefined();
});
