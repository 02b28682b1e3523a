import { readProfilerOutput } from '../../formats/profiler-output.ts';
import type { TrainingRun } from '../../model/run.ts';
import { bytes, plural } from '../../model/text.ts';
import { openStore } from '../../stores/index.ts';
import { TABLES } from '../../tables/index.ts';
import type { DataTable, TableInput } from '../../tables/table.ts';
import { originOf } from '../../tables/times.ts';
import { minutesOf, windowOfSteps } from '../../tables/windows.ts';
import { startProgress } from '../progress.ts';
import { requireAbsent } from '../require-absent.ts';
import { openSource, type SourceOptions } from '../source.ts';
import { damageLine } from '../summary.ts';
import { TABLE_FILES } from '../table-files.ts';
import { readTableOptions, type Selection, type TableOptions } from '../table-options.ts';
import { columns, painter, print, type Terminal } from '../terminal.ts';

/** What was tolerated while reading, told here; the report holds it all. */
const MOST_REMARKS = 5;

interface ExportOptions extends SourceOptions, TableOptions {
  readonly output: string;
  readonly format: keyof typeof TABLE_FILES;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

/** Reads raw profiler output and writes it, and what is computed of it, as tables; prints what was written. */
export async function exportTables(location: string | undefined, options: ExportOptions, terminal: Terminal): Promise<void> {
  const selection = readTableOptions(options);
  const aws = options.region === undefined ? {} : { region: options.region };
  const place = await openStore(options.output, aws);
  const { contentType, chunks } = TABLE_FILES[options.format];
  const paths = new Map(selection.tables.map((name) => [name, `${name}.${options.format}`]));
  if (!options.force) await requireAbsent(place, [...paths.values()]);

  const { store } = await openSource(location, options, 'raw');
  const progress = startProgress(terminal, store.location, !options.quiet);
  const { run } = await readProfilerOutput(progress.watch(store), { onProgress: progress.onProgress }).finally(progress.stop);
  const input = inputOf(run, selection);
  const written: string[][] = [];
  for (const [name, path] of paths) {
    const [table, counts] = counted(TABLES[name](input));
    await place.writeChunks(path, counts.watch(chunks(table)), contentType);
    written.push([`${place.location}/${path}`, plural(counts.rows, 'row'), bytes(counts.bytes)]);
  }
  if (options.quiet) return;
  const paint = painter(terminal);
  print(terminal, [paint('bold', 'Wrote'), ...columns(written).map((line) => `  ${line}`), ...damageLines(run.damage, paint)]);
}

function damageLines(damage: TrainingRun['damage'], paint: ReturnType<typeof painter>): string[] {
  if (damage.length === 0) return [];
  const more = damage.length - MOST_REMARKS;
  const told = damage.slice(0, MOST_REMARKS).map(damageLine);
  return [
    '',
    paint('bold', 'Read with care'),
    ...told,
    ...(more > 0 ? [`  and ${plural(more, 'more remark')}; the report lists them all`] : []),
  ];
}

function inputOf(run: TrainingRun, { window: asked, steps, intervals, bands }: Selection): TableInput {
  const window = steps === undefined ? asked : windowOfSteps(run.events, steps);
  return { run, originSeconds: originOf(run), window, intervals: intervals ?? minutesOf(run, window), bands };
}

/** The same table, with what goes into its file counted. */
function counted(table: DataTable) {
  const counts = {
    rows: 0,
    bytes: 0,
    async *watch(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        counts.bytes += chunk.length;
        yield chunk;
      }
    },
  };
  const rows = function* () {
    for (const row of table.rows()) {
      counts.rows++;
      yield row;
    }
  };
  return [{ ...table, rows }, counts] as const;
}
