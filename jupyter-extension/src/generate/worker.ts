import { UNKNOWN_JOB } from '../../../src/consent/usage.ts';
import { RULE_FOLDER } from '../../../src/formats/rule-folder.ts';
import { findingsFile, type OutputPlan, planOutput } from '../../../src/output/plan.ts';
import { type PipelineResult, pipeline } from '../../../src/pipeline.ts';
import { below, shown } from '../contents/paths.ts';
import { toError, toFailure } from './failure.ts';
import type { Answer, FromWorker, Order, Question, Summary, ToWorker } from './protocol.ts';
import { remoteStore } from './remote-store.ts';

// The types at hand are those of a window; this runs in a worker.
const page = globalThis as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: FromWorker): void;
  /** What src/generated/plotly.ts holds, as scripts/build-extension.ts makes it for the worker. */
  packedPlotly: string;
};

const waiting = new Map<number, PromiseWithResolvers<Answer>>();
let asked = 0;
let made: PipelineResult;
let data: string;

page.onmessage = ({ data: message }) => {
  if (message.kind === 'make' || message.kind === 'plan') return void follow(message);
  const { resolve, reject } = waiting.get(message.id) ?? {};
  waiting.delete(message.id);
  if (message.kind === 'answer') resolve?.(message.answer);
  else reject?.(toError(message.failure));
};

async function follow(order: Order): Promise<void> {
  try {
    page.postMessage({ kind: 'done', result: await (order.kind === 'make' ? make(order) : plan(order.place)) });
  } catch (error) {
    page.postMessage({ kind: 'failed', failure: toFailure(error) });
  }
}

/** What the command `generate` does, up to writing. */
async function make({ source, usage, plotly }: Extract<Order, { kind: 'make' }>): Promise<Summary> {
  page.packedPlotly = plotly;
  made = await pipeline(remoteStore(source, ask), {
    formats: ['json', 'notebook', 'html'],
    usage,
    shownAs: source,
    onProgress: (done, total) => page.postMessage({ kind: 'read', done, total }),
  });
  data = below(source, made.output.folder);
  const { job, counts, problems } = made.report;
  const silent = made.usage === UNKNOWN_JOB ? { silent: UNKNOWN_JOB.reason } : {};
  return {
    data,
    ...silent,
    job: job.name,
    issues: counts.issue,
    problems: problems.length + (made.findings?.damage.length ?? 0),
  };
}

function plan(place: string): Promise<OutputPlan> {
  const { output, findings, files } = made;
  // As the plan compares it: names of roots are shown in another way.
  const ruleFolder = data === below(place, RULE_FOLDER) ? `${shown(place)}/${RULE_FOLDER}` : shown(data);
  const others = [...(findings ? [findingsFile(findings)] : []), ...files];
  return planOutput(
    remoteStore(place, ask),
    { source: output.source, rules: output.files, others },
    { copyRules: true, keepEdits: true, ...(output.analysis ? {} : { ruleFolder }) },
  );
}

function ask(question: Question): Promise<Answer> {
  const answer = Promise.withResolvers<Answer>();
  const id = ++asked;
  waiting.set(id, answer);
  page.postMessage({ kind: 'question', id, question });
  return answer.promise;
}
