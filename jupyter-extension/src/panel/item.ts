import { Time } from '@jupyterlab/coreutils';
import { trainingJobName } from '../../../src/formats/job-name.ts';
import { visibleName } from '../../../src/model/text.ts';
import { VERDICT_KEYS, verdictCount, verdictLabel } from '../../../src/writers/verdicts.ts';
import { button, element } from './dom.ts';
import { madeAt, type Place } from './place.ts';
import type { Verdicts } from './verdicts.ts';
import type { RuleView } from './view.ts';

/** What can be done with a report of the list. */
export interface Actions {
  /** Opens the report, at a section of it where one is named. */
  open(place: Place, verdicts: Verdicts | undefined, section?: string): void;
  openNotebook(place: Place, section?: string): void;
  /** Absent where nothing makes reports here. */
  generate?(place: Place): void;
}

const MARKS = { issue: '▲', ok: '✓', notJudged: '–', error: '✕' } as const;

let made = 0;

/** A report of the list; its verdicts are shown once they are known. Unfolded it shows all rules, else those with issues. */
export function reportItem(
  place: Place,
  root: string,
  actions: Actions,
): { node: HTMLLIElement; show(verdicts: Verdicts): void } {
  const id = `profiler-report-rules-${++made}`;
  const name = element('button', 'panel-name', { type: 'button', ariaExpanded: 'false' }, [nameOf(place)]);
  const counts = element('div', 'panel-counts', {}, ['Reading…']);
  const rules = element('ul', 'panel-rules', { id, hidden: true });
  const notes = element('div', 'panel-notes');
  const buttons = element('div', 'panel-buttons', { role: 'group' });
  name.setAttribute('aria-controls', id);
  const node = element('li', 'panel-report', {}, [name, where(place, root), counts, rules, notes, buttons]);
  let known: Verdicts | undefined;

  const showRules = () => {
    const all = known?.view?.rules ?? [];
    const isOpen = name.ariaExpanded === 'true';
    const shown = all.filter(({ verdict }) => isOpen || verdict === 'issue' || verdict === 'error');
    const leads = place.html ?? place.notebook;
    rules.replaceChildren(...shown.map((rule) => ruleRow(rule, leads && (() => actions.open(place, known, rule.sectionId)))));
    rules.hidden = shown.length === 0;
  };
  name.addEventListener('click', () => {
    name.ariaExpanded = String(name.ariaExpanded !== 'true');
    showRules();
  });
  const showButtons = () => {
    const of = (text: string, clicked: () => void) => {
      const one = button('panel-button', text, clicked);
      one.ariaLabel = `${text}: ${name.textContent}`;
      return one;
    };
    const { generate } = actions;
    buttons.replaceChildren(
      ...(place.html ? [of('Open report', () => actions.open(place, known))] : []),
      ...(place.notebook ? [of('Open notebook', () => actions.openNotebook(place))] : []),
      ...(generate && known && !known.isOurs && place.rules ? [of('Generate report', () => generate(place))] : []),
    );
  };
  showButtons();

  return {
    node,
    show(verdicts) {
      known = verdicts;
      const { view } = verdicts;
      if (view?.job) name.textContent = view.job;
      rules.ariaLabel = `Rules of ${name.textContent}`;
      const told = view ? VERDICT_KEYS.filter((key) => view.counts[key] > 0) : [];
      counts.replaceChildren(
        ...told.map((key) =>
          element('span', `panel-count profiler-report-is-${key}`, {}, [verdictCount(key, view?.counts[key] ?? 0)]),
        ),
      );
      const remarks = [
        ...(verdicts.isJudged ? ['No report of this project: judged here, of the rule files.'] : []),
        ...(view?.isNewer ? ['Made by a newer version, which may tell more.'] : []),
        ...verdicts.notes,
      ];
      notes.replaceChildren(...remarks.map((line) => element('p', 'panel-note', {}, [line])));
      showRules();
      showButtons();
    },
  };
}

/** Without a report to open a rule leads nowhere. */
function ruleRow({ verdict, title, reason }: RuleView, clicked: (() => void) | undefined): HTMLLIElement {
  const row = clicked ? button('panel-rule', '', clicked) : element('div', 'panel-rule');
  const mark = element('span', 'panel-mark', { ariaHidden: 'true' }, [MARKS[verdict]]);
  const label = element('span', `panel-verdict profiler-report-is-${verdict}`, {}, [mark, ` ${verdictLabel(verdict)} `]);
  row.append(label, element('span', 'panel-title', {}, [title]), ' ', element('span', 'panel-reason', {}, [reason]));
  return element('li', 'panel-row', {}, [row]);
}

/** Of the folder: the report's own name of the job comes with its verdicts. */
function nameOf({ folder }: Place): string {
  const path = folder.replace(/^[^/:]*:/, '');
  return trainingJobName(path) ?? (visibleName(path.slice(path.lastIndexOf('/') + 1)) || 'This folder');
}

function where(place: Place, root: string): HTMLElement {
  const below = place.folder.slice(root.length).replace(/^\//, '');
  const time = madeAt(place);
  const path = element('span', 'panel-path', { title: place.folder }, [visibleName(below) || 'this folder']);
  const when = time
    ? [' · ', element('time', 'panel-time', { dateTime: time, title: Time.format(time) }, [Time.formatHuman(time)])]
    : [];
  return element('div', 'panel-where', {}, [path, ...when]);
}
