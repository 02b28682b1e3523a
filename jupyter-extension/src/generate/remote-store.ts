import type { Store } from '../../../src/model/store.ts';
import { shown } from '../contents/paths.ts';
import type { Answer, Question } from './protocol.ts';

/** A folder of the lab as a worker sees it: the page answers. It is read from only. */
export function remoteStore(root: string, ask: (question: Question) => Promise<Answer>): Store {
  const read = (path: string) => ask({ kind: 'read', root, path }) as Promise<Uint8Array>;
  const refuse = () => Promise.reject(new Error('the page writes, not the worker'));
  return {
    location: shown(root),
    async *list() {
      yield* (await ask({ kind: 'list', root, path: '' })) as Extract<Answer, readonly unknown[]>;
    },
    read,
    readIfPresent: (path) => ask({ kind: 'readIfPresent', root, path }) as Promise<Uint8Array | undefined>,
    async *readChunks(path) {
      yield await read(path);
    },
    writeAll: refuse,
    writeChunks: refuse,
  };
}
