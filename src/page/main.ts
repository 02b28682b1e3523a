import { interactiveCharts } from './charts.ts';
import { contents } from './contents.ts';
import { copyButtons } from './copy.ts';
import { host } from './host.ts';
import { linesAround } from './lines-around.ts';
import { localTimes } from './moments.ts';
import { pickers } from './pickers.ts';
import { readMarkdown, readReport } from './report-data.ts';
import { sortableTables } from './sorting.ts';
import { tableSearch } from './table-search.ts';
import { themeToggle } from './theme.ts';

/** Everything here adds to a page that is complete without it. */
function start(): void {
  const report = readReport(document);
  localTimes(document);
  sortableTables(document, report);
  const narrow = tableSearch(document);
  const show = contents(document, pickers(document));
  copyButtons(document, readMarkdown(document));
  const charts = interactiveCharts(document, report, linesAround(document, report, narrow, show));
  const setTheme = themeToggle(document, charts.retheme);
  host(window, { show, setTheme });
}

start();
