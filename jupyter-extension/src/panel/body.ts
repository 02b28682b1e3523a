import type { Contents } from '@jupyterlab/services';
import pLimit from 'p-limit';
import { visibleName } from '../../../src/model/text.ts';
import { button, element } from './dom.ts';
import { type Actions, reportItem } from './item.ts';
import { moveFocus } from './keys.ts';
import { type Place, stateOf } from './place.ts';
import { type Searched, search } from './search.ts';
import { statusText } from './status.ts';
import { readVerdicts } from './verdicts.ts';

/** Reports read at once: each may be some MB. */
const READ_AT_ONCE = 2;

/** The inside of the panel. */
export interface Body {
  /** Looks below this folder; what was looked for before is given up. */
  look(root: string): void;
  stop(): void;
}

interface Item {
  readonly node: HTMLLIElement;
  /** Of its files when it was read; a report that did not change is not read again. */
  readonly state: string;
  isRead: boolean;
  /** The search that saw it last. */
  seen: AbortController;
}

export function panelBody(node: HTMLElement, contents: Contents.IManager, actions: Actions): Body {
  const status = element('p', 'panel-status', { role: 'status' });
  const list = element('ul', 'panel-list');
  /** By folder. */
  const items = new Map<string, Item>();
  let running = new AbortController();
  let folder: string | undefined;

  const heading = element('h2', 'panel-heading', {}, ['Profiling reports']);
  const refresh = button('panel-button', 'Refresh', () => {
    clear();
    look(folder ?? '');
  });
  node.replaceChildren(element('div', 'panel-header', {}, [heading, refresh]), status, list);
  list.addEventListener('keydown', moveFocus);

  function clear(): void {
    items.clear();
    list.replaceChildren();
  }

  /** What stands there stays until it is known to have changed, and with it the focus and what is unfolded. */
  function look(root: string): void {
    running.abort();
    const turn = new AbortController();
    running = turn;
    if (root !== folder) clear();
    folder = root;
    list.ariaLabel = `Profiling reports below ${visibleName(root) || 'the top folder'}`;
    const limit = pLimit(READ_AT_ONCE);
    const show = (searched?: Searched) => {
      status.textContent = statusText(items.size, searched);
    };

    const found = (place: Place) => {
      const before = items.get(place.folder);
      const state = stateOf(place);
      if (before?.isRead && before.state === state) {
        before.seen = turn;
        return;
      }
      const { node: shown, show: showVerdicts } = reportItem(place, root, actions);
      const item = { node: shown, state, isRead: false, seen: turn };
      if (before) before.node.replaceWith(shown);
      else list.insertBefore(shown, after(items, place.folder));
      items.set(place.folder, item);
      show();
      limit(async () => {
        showVerdicts(await readVerdicts(contents, place, turn.signal));
        item.isRead = true;
      }).catch(ignoreAbort);
    };
    show();
    search(contents, root, found, turn.signal).then((searched) => {
      for (const [path, { seen, node }] of items) {
        if (seen === turn) continue;
        items.delete(path);
        node.remove();
      }
      show(searched);
    }, ignoreAbort);
  }

  return { look, stop: () => running.abort() };
}

/** The first report that comes after a folder in the order of names. */
function after(items: ReadonlyMap<string, Item>, folder: string): Node | null {
  const later = [...items].filter(([path]) => compare(path, folder) > 0);
  return later.sort(([a], [b]) => compare(a, b))[0]?.[1].node ?? null;
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true });
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
}
