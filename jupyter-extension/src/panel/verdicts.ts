import type { Contents } from '@jupyterlab/services';
import { readBytes } from '../contents/bytes.ts';
import type { Place } from './place.ts';
import { embeddedReport, parsed, type ReportView, reportView } from './view.ts';

/** A file larger than this is opened, not looked into. */
const MOST_BYTES = 64 * 2 ** 20;

/** What is known of a report without opening it. */
export interface Verdicts {
  readonly view?: ReportView;
  /** The html or its JSON is of this project: its sections are known. */
  readonly isOurs: boolean;
  /** Judged here, of the rule files. */
  readonly isJudged: boolean;
  /** One line each on what could not be read. */
  readonly notes: readonly string[];
}

/** The verdicts of a report: of the JSON beside it, else of the JSON in its html, else judged on the spot of its rule files. */
export async function readVerdicts(contents: Contents.IManager, place: Place, signal: AbortSignal): Promise<Verdicts> {
  const notes: string[] = [];
  const attempt = async <T>(name: string, read: () => Promise<T>): Promise<T | undefined> => {
    signal.throwIfAborted();
    try {
      return await read();
    } catch (error) {
      signal.throwIfAborted();
      notes.push(`${name}: ${lineOf(error)}`);
      return undefined;
    }
  };
  const { json, html, rules, notebook } = place;
  const text = async (file: Contents.IModel) => {
    if ((file.size ?? 0) > MOST_BYTES) throw new Error('is too large to look into');
    return new TextDecoder().decode(await readBytes(contents, file.path));
  };

  const beside = json && (await attempt(json.name, async () => reportView(parsed(await text(json)))));
  if (beside) return { view: beside, isOurs: true, isJudged: false, notes };
  const within = html && (await attempt(html.name, async () => viewOf(embeddedReport(await text(html)))));
  if (within) return { view: within, isOurs: true, isJudged: false, notes };
  const judged = rules && (await attempt(rules.name, () => judge(contents, rules.path, signal)));
  if (judged) return { view: judged, isOurs: false, isJudged: true, notes };
  if (notes.length === 0 && (html ?? notebook)) notes.push('No verdicts lie beside it.');
  return { isOurs: false, isJudged: false, notes };
}

async function judge(contents: Contents.IManager, folder: string, signal: AbortSignal): Promise<ReportView> {
  const [{ contentsStore }, { pipeline }] = await Promise.all([
    import('../contents/contents-store.ts'),
    import('../../../src/pipeline.ts'),
  ]);
  const { report } = await pipeline(contentsStore(contents, folder, { signal }), { sections: false, from: 'rules' });
  return reportView(report);
}

/** The service's html holds no report as JSON. */
function viewOf(report: unknown): ReportView | undefined {
  return report === undefined ? undefined : reportView(report);
}

function lineOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
