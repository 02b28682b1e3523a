import { ILayoutRestorer, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager, WidgetTracker } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { IHTMLViewerTracker } from '@jupyterlab/htmlviewer';
import { ITableOfContentsRegistry, type TableOfContents } from '@jupyterlab/toc';
import { nameOf } from '../contents/paths.ts';
import { reportIcon } from '../icon.ts';
import { COMMANDS, PACKAGE } from '../ids.ts';
import { IUsage } from '../usage/token.ts';
import { ReportContentsFactory } from './contents-list.ts';
import { takeReports } from './html-viewer.ts';
import { ReportFactory, type ReportWidget } from './widget.ts';

/** Its name in the menu Open With. */
const FACTORY = 'Profiling report';
const FILE_TYPE = 'profiler-report';

/** Shows the one-file report. */
export const viewer: JupyterFrontEndPlugin<void> = {
  id: `${PACKAGE}:viewer`,
  autoStart: true,
  requires: [IDocumentManager, IUsage],
  optional: [ILayoutRestorer, IThemeManager, ITableOfContentsRegistry, IHTMLViewerTracker],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    usage: IUsage,
    restorer: ILayoutRestorer | null,
    themes: IThemeManager | null,
    contents: ITableOfContentsRegistry | null,
    htmlViewers: IHTMLViewerTracker | null,
  ) => {
    const tracker = new WidgetTracker<ReportWidget>({ namespace: FILE_TYPE });
    addFactory(app, documents, usage, themes, tracker);
    addOpen(app, documents);
    void restorer?.restore(tracker, {
      command: 'docmanager:open',
      args: ({ context }) => ({ path: context.path, factory: FACTORY }),
      name: ({ context }) => context.path,
    });
    themes?.themeChanged.connect(() => tracker.forEach(({ showing }) => void showing.then((one) => one.followTheme())));
    contents?.add(new ReportContentsFactory(tracker) as unknown as TableOfContents.IFactory); // it is asked for widgets of the tracker alone
    usage.addInFront(() => {
      const widget = tracker.currentWidget === app.shell.currentWidget ? tracker.currentWidget : null;
      const subject = widget?.shown?.subject();
      return widget && subject ? { ...subject, name: nameOf(widget.context.path) } : undefined;
    });
    if (htmlViewers) takeReports(app, documents, htmlViewers, FACTORY);
  },
};

function addFactory(
  { docRegistry, serviceManager }: JupyterFrontEnd,
  documents: IDocumentManager,
  usage: IUsage,
  themes: IThemeManager | null,
  tracker: WidgetTracker<ReportWidget>,
): void {
  docRegistry.addFileType({
    name: FILE_TYPE,
    displayName: 'Profiling report',
    mimeTypes: ['text/html'],
    extensions: [],
    pattern: '^profiler-report\\.html?$',
    fileFormat: 'text',
    icon: reportIcon,
  });
  const options = { name: FACTORY, fileTypes: [FILE_TYPE, 'html'], defaultFor: [FILE_TYPE], readOnly: true };
  const factory = new ReportFactory(options, {
    contents: serviceManager.contents,
    usage,
    theme: () => (themes?.theme && !themes.isLight(themes.theme) ? 'dark' : 'light'),
    open: (path) => void documents.openOrReveal(path),
  });
  factory.widgetCreated.connect((_, widget) => {
    widget.title.icon = reportIcon;
    widget.context.pathChanged.connect(() => void tracker.save(widget));
    void tracker.add(widget);
  });
  docRegistry.addWidgetFactory(factory as DocumentRegistry.WidgetFactory);
}

function addOpen({ commands }: JupyterFrontEnd, documents: IDocumentManager): void {
  commands.addCommand(COMMANDS.open, {
    label: 'Open profiling report',
    execute: ({ path, section }) => {
      if (typeof path !== 'string') throw new Error(`${COMMANDS.open} needs { path } of a report.`);
      const widget = documents.openOrReveal(path, FACTORY);
      if (typeof section === 'string') widget?.setFragment(section);
    },
  });
}
