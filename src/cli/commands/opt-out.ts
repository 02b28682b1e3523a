import pLimit from 'p-limit';
import { UsageError } from '../../model/errors.ts';
import { plural } from '../../model/text.ts';
import { optOut } from '../../opt-out/opt-out.ts';
import { reportFailure } from '../failure.ts';
import { identityOf, type ReportFile, reportFiles } from '../report-files.ts';
import { painter, print, type Terminal } from '../terminal.ts';

interface OptOutOptions {
  readonly dryRun?: boolean;
  readonly region?: string;
  readonly json?: boolean;
}

/** What was, or with `--dry-run` would be, done to one report. */
interface Outcome {
  readonly file: string;
  readonly changes: readonly string[];
  readonly left: readonly string[];
}

/** Reports in memory at once: enough to hide the way to S3. */
const AT_ONCE = 4;

/**
 * Takes the beacon out of every report that is found. What cannot be read, written or judged is told, a line each, after everything else
 * is done; then it rejects with the last of these UsageErrors.
 */
export async function optOutReports(places: readonly string[], options: OptOutOptions, terminal: Terminal): Promise<void> {
  const failures: UsageError[] = [];
  const failed = (error: unknown) => {
    if (!(error instanceof UsageError)) throw error;
    failures.push(error);
  };

  const files = new Map<string, ReportFile>();
  const region = options.region === undefined ? {} : { region: options.region };
  for (const place of places) {
    try {
      const found = reportFiles(place, { maxEntries: Number.POSITIVE_INFINITY, onUnreadable: failed, ...region });
      for await (const file of found) {
        const identity = await identityOf(file);
        if (file.named || !files.has(identity)) files.set(identity, file);
      }
    } catch (error) {
      failed(error);
    }
  }

  const limit = pLimit(AT_ONCE);
  const outcomes = await Promise.all([...files.values()].map((file) => limit(() => optOutFile(file, options).catch(failed))));
  const reports = outcomes.filter((outcome) => outcome !== undefined);
  for (const { file, left } of reports) failures.push(...left.map((clause) => new UsageError(`${file}: ${clause}.`)));

  if (options.json) {
    const problems = failures.map(({ message }) => message);
    terminal.stdout.write(`${JSON.stringify({ dryRun: options.dryRun ?? false, reports, problems }, null, 2)}\n`);
  } else if (reports.length > 0 || failures.length === 0) {
    print(terminal, summary(reports, options.dryRun ?? false, painter(terminal)));
  }
  const last = failures.pop();
  for (const failure of failures) reportFailure(failure, terminal);
  if (last) throw last;
}

/** Undefined for a file in a folder that is no report. */
async function optOutFile({ store, path, location, named }: ReportFile, options: OptOutOptions): Promise<Outcome | undefined> {
  const result = optOut(path, await store.read(path));
  if (!result) {
    if (named)
      throw new UsageError(
        `${location} is no report with a beacon: name an html or notebook made by profiler-report or the service.`,
      );
    return undefined;
  }
  const { bytes, changes, left } = result;
  if (changes.length > 0 && !options.dryRun) await store.writeAll([{ path, bytes }]);
  return { file: location, changes, left };
}

function summary(reports: readonly Outcome[], dryRun: boolean, paint: ReturnType<typeof painter>): string[] {
  if (reports.length === 0) return ['There is no report here: nothing to change.'];
  const changed = reports.filter(({ changes }) => changes.length > 0);
  const told = changed.flatMap(({ file, changes }) => [paint('bold', file), ...changes.map((change) => `  ${change}`), '']);
  const count = `${changed.length} of ${plural(reports.length, 'report')}`;
  if (changed.length > 0) return [...told, dryRun ? `Would change ${count}; nothing was written.` : `Changed ${count}.`];
  return [`Nothing to change in ${plural(reports.length, 'report')}.`];
}
