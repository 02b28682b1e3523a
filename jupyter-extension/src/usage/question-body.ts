import { BROWSER_HEADERS, NOTEBOOK_HEADERS } from '../../../src/beacon/headers.ts';
import { element } from './element.ts';
import type { Answer, Question } from './token.ts';

/** Who would be told, about what, by exactly which request, and where the answer is kept. */
export function questionBody({ endpoint, url, name, by = 'browser' }: Question, answers: readonly Answer[]): HTMLElement {
  const request = element('code', `GET ${url}`);
  request.translate = false;
  const remark = element('p');
  remark.className = 'profiler-report-usage-remark';
  remark.setAttribute('role', 'status');
  const [summary, headers] = HEADERS[by];
  return element(
    'div',
    element('p', 'May ', named(endpoint), ' be told that ', element('b', name), by === 'service' ? ' was run?' : ' was opened?'),
    element(
      'p',
      'Nothing is sent unless you say so. ',
      ...(answers.includes('once') ? ONCE() : []),
      ...(by === 'service' ? unasked() : always(url)),
    ),
    request,
    element('details', element('summary', summary), element('p', headers)),
    element('p', KEPT),
    remark,
  );
}

/** The host stands out: it is who is told. */
function named(endpoint: string): HTMLElement {
  const { protocol, host, pathname } = new URL(endpoint);
  const shown = element('span', `${protocol}//`, element('b', host), pathname);
  shown.translate = false;
  return shown;
}

const ONCE = () => [element('i', 'Send once'), ' makes this one request, without cookie or referrer. '];

/** The service's function knows no answers. */
const unasked = () => [
  element('i', 'Always'),
  " writes opt_out=False into this notebook. From then on the service's function makes this request whenever the notebook is run, ",
  'whoever runs it, and asks nobody. ',
  element('code', 'x-arn'),
  ' names region, account and processing job.',
];

function always(url: string): (string | Node)[] {
  const hashed = /^[0-9a-f]{64}$/.test(new URL(url).searchParams.get('x-arn') ?? '');
  return [
    element('i', 'Always'),
    ' makes one like it, without cookie or referrer, at each opening of every report that names this endpoint, here or by running its ',
    `notebook, with the ARN of that report${hashed ? ', hashed or not. ' : '. '}`,
    element('code', 'x-arn'),
    hashed
      ? " is the SHA-256 of the processing job's ARN, hashed so that it cannot be read."
      : ' names region, account and processing job.',
  ];
}

const ADDRESS = 'Whoever answers also sees the network address it comes from.';
const FROM_BROWSER = [
  'Your browser adds headers of its own',
  `As to every request, it adds some of these: ${BROWSER_HEADERS}. ${ADDRESS}`,
] as const;
const FROM_NOTEBOOK = [
  'Headers of the request',
  `The notebook's kernel makes it, with these: ${NOTEBOOK_HEADERS}. ${ADDRESS}`,
] as const;

const FROM_SERVICE = [
  'Headers of the request',
  `The service's function makes it in the notebook's kernel, with headers of its own. ${ADDRESS}`,
] as const;
const HEADERS = { browser: FROM_BROWSER, notebook: FROM_NOTEBOOK, service: FROM_SERVICE };

const KEPT =
  "Always and Never are kept with their date in JupyterLab's settings, where your notebooks read them too. " +
  'The command “Usage statistics: show the decision” shows them and takes them back.';
