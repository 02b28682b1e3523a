import * as page from '../generated/page.ts';
import * as plotly from '../generated/plotly.ts';
import * as styles from '../generated/styles.ts';
import type { Report } from '../model/report.ts';
import { SILENT, type Usage } from '../model/usage.ts';
import { embedJson } from './embed.ts';
import { blockView } from './html/blocks.ts';
import { headView, jobTitle, madeFrom, verdictsView } from './html/head.ts';
import { packedReport } from './html/pack.ts';
import { render } from './html/render.ts';
import { contentsView, ruleView } from './html/rules.ts';
import { usageHtml, usagePolicy } from './html/usage.ts';
import { sectionMarkdown } from './markdown.ts';
import { reportTitle } from './monitored.ts';

/** Hash of the empty `<style>` that plotly adds and then fills through the CSS object model. */
const PLOTLY_EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/**
 * What the page may do: run its own scripts, use its own styles, show pictures it holds or makes; never load or submit, and send only
 * where the report may ask for it. Style attributes are allowed because plotly draws heatmap cells through them; they can neither run nor
 * load anything here.
 */
export function contentSecurityPolicy(usage: Usage): string {
  const { scripts, directives } = usagePolicy(usage);
  return [
    "default-src 'none'",
    ['script-src', `'${page.hash}'`, `'${plotly.hash}'`, ...scripts].join(' '),
    `style-src '${styles.hash}' ${PLOTLY_EMPTY_STYLE}`,
    "style-src-attr 'unsafe-inline'",
    'img-src data: blob:',
    "form-action 'none'",
    "base-uri 'none'",
    ...directives,
  ].join('; ');
}

/**
 * The report as one html file, which reads nothing beside itself. The Report stands in it as JSON, element id `profiler-report`.
 * A file of ours is known by `<meta name="generator" content="profiler-report ...">`.
 */
export function html(report: Report, usage: Usage = SILENT): string {
  const rules = new Map(report.rules.map((result) => [result.rule, ruleView(result)]));
  return render('page', {
    title: `${jobTitle(report.job)} · ${reportTitle(report.job).toLowerCase()}`,
    version: report.tool.version,
    madeFrom: madeFrom(report),
    policy: contentSecurityPolicy(usage),
    css: styles.text,
    script: page.text,
    plotly: plotly.packed,
    data: embedJson(packedReport(report)),
    markdown: embedJson(Object.fromEntries(report.sections.map((section) => [section.id, sectionMarkdown(section, report)]))),
    head: headView(report),
    usage: usageHtml(usage, report.tool.version),
    summary: verdictsView(report),
    contents: contentsView(report),
    sections: report.sections.map(({ id, title, rule, blocks }) => ({
      id,
      title,
      rule: rule && rules.get(rule),
      blocks: blocks.map((block) => blockView(block, report)),
    })),
  });
}
