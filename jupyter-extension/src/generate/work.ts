import type { UsageSettings } from '../../../src/consent/usage.ts';
import type { Store, StoreEntry } from '../../../src/model/store.ts';
import type { OutputPlan } from '../../../src/output/plan.ts';
import { toError, toFailure } from './failure.ts';
import type { Progress } from './progress.ts';
import type { Answer, FromWorker, Order, Question, Summary, ToWorker } from './protocol.ts';

/** A worker that makes one report. Every promise rejects with a UsageError for one clear line. */
export interface Work {
  make(source: string, usage: UsageSettings): Promise<Summary>;
  /** What writing the report to that folder would mean. */
  plan(place: string): Promise<OutputPlan>;
  /** At once, whatever it does. */
  end(): void;
}

/** Gives work to a worker, which is handed every file it asks for. Its promises reject with the signal's reason as soon as it is aborted. */
export function startWork(
  worker: Worker,
  storeOf: (root: string) => Store,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Work {
  const send = (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer);
  const stores = new Map<string, Store>();
  let bytes = 0;
  let current = Promise.withResolvers<unknown>();

  async function answer(id: number, question: Question): Promise<void> {
    const store = stores.get(question.root) ?? storeOf(question.root);
    stores.set(question.root, store);
    try {
      const found = await answerTo(question, store, onProgress);
      if (found instanceof Uint8Array) bytes += found.length;
      send({ kind: 'answer', id, answer: found }, found instanceof Uint8Array ? [found.buffer] : []);
    } catch (error) {
      send({ kind: 'failure', id, failure: toFailure(error) });
    }
  }

  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === 'question') void answer(data.id, data.question);
    else if (data.kind === 'read') onProgress({ ...data, bytes });
    else if (data.kind === 'done') current.resolve(data.result);
    else current.reject(toError(data.failure));
  };
  worker.onerror = ({ message }) => current.reject(new Error(message || 'the worker could not be started'));
  signal.addEventListener('abort', () => {
    worker.terminate();
    current.reject(signal.reason);
  });

  function order<Result>(what: Order): Promise<Result> {
    current = Promise.withResolvers();
    if (signal.aborted) current.reject(signal.reason);
    else send(what);
    return current.promise as Promise<Result>;
  }
  return {
    make: async (source, usage) => {
      const { packed: plotly } = await import('../../../src/generated/plotly.ts');
      return order<Summary>({ kind: 'make', source, usage, plotly });
    },
    plan: (place) => {
      stores.clear(); // they keep their listings
      return order<OutputPlan>({ kind: 'plan', place });
    },
    end: () => worker.terminate(),
  };
}

async function answerTo({ kind, path }: Question, store: Store, onProgress: (progress: Progress) => void): Promise<Answer> {
  if (kind === 'list') {
    const entries: StoreEntry[] = [];
    for await (const entry of store.list()) onProgress({ kind: 'found', files: entries.push(entry) });
    return entries;
  }
  return (await store[kind](path)) as Uint8Array<ArrayBuffer> | undefined;
}
