import type { Store } from '../model/store.ts';
import { count } from '../model/text.ts';
import { printable, type Terminal } from './terminal.ts';

/** Reads shorter than this show nothing: a bar that flashes by tells nobody anything. */
const PATIENCE_MILLISECONDS = 400;

const BAR_WIDTH = 24;

export interface Progress {
  /** The same store, its listing counted. */
  watch(store: Store): Store;
  readonly onProgress: (done: number, total: number) => void;
  /** Tells in words what is done now. */
  readonly say: (text: string) => void;
  stop(): void;
}

/** Shows a long read on standard error where that is a terminal. */
export function startProgress({ stderr }: Terminal, location: string, wanted: boolean): Progress {
  let text = `Looking through ${printable(location)}`;
  let spinner: { text: string; stop(): unknown } | undefined;
  let stopped = false;
  const show = (next: string) => {
    text = next;
    if (spinner) spinner.text = next;
  };
  const timer =
    // A terminal of no width (some containers and scripts have one) would be redrawn without end.
    wanted && stderr.isTTY && (stderr.columns ?? 0) > 0
      ? setTimeout(async () => {
          const { default: ora } = await import('ora');
          if (!stopped) spinner = ora({ text, stream: stderr, discardStdin: false }).start();
        }, PATIENCE_MILLISECONDS)
      : undefined;
  return {
    watch: (store) => ({
      ...store,
      async *list() {
        let found = 0;
        for await (const entry of store.list()) {
          if (++found % 100 === 0) show(`Looking through ${printable(location)}: ${count(found)} files`);
          yield entry;
        }
      },
    }),
    onProgress(done, total) {
      const full = Math.round((done / total) * BAR_WIDTH);
      show(`Reading ${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${count(done)} of ${count(total)} files`);
    },
    say: (next) => show(printable(next)),
    stop() {
      stopped = true;
      clearTimeout(timer);
      spinner?.stop();
    },
  };
}
