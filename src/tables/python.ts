import type { ProfileMoment, PythonFunction, PythonProfile } from '../model/python-profile.ts';
import type { Cell, DataTable, TableInput } from './table.ts';
import { real, text, whole } from './table.ts';
import { microsWindow } from './times.ts';

const AMOUNTS = [whole('primitive_calls'), whole('total_calls'), real('own_seconds'), real('cumulative_seconds')];
const PLACE = [text('file'), whole('line'), text('function')];

/** One row for each Python profile: E1 of the originals; `stats_path` leads to the rows of the other two tables. */
export function profilesTable(input: TableInput): DataTable {
  const moment = (at: ProfileMoment | undefined): Cell[] => [
    at?.mode ?? null,
    at?.step ?? null,
    at?.phase ?? null,
    at?.micros ?? null,
  ];
  const columns = (end: string) => [
    ...[text(`${end}_mode`), whole(`${end}_step`), text(`${end}_phase`), real(`${end}_time_since_epoch_in_micros`)],
  ];
  return {
    name: 'profiles',
    columns: [
      ...[text('profiler_name'), text('framework'), text('node_id')],
      ...[...columns('start'), ...columns('end'), text('stats_path')],
    ],
    *rows() {
      for (const { profiler, framework, worker, start, end, path } of profilesWithin(input)) {
        yield [profiler, framework, worker, ...moment(start), ...moment(end), path];
      }
    },
  };
}

/** The functions of each profile of cProfile: E7 of the originals. */
export function functionsTable(input: TableInput): DataTable {
  return {
    name: 'functions',
    columns: [text('stats_path'), ...PLACE, ...AMOUNTS],
    *rows() {
      for (const { path, functions } of profilesWithin(input)) {
        for (const called of functions) yield [path, ...placeOf(called), ...amounts(called)];
      }
    },
  };
}

/** What each caller of a function contributed to its numbers. */
export function callersTable(input: TableInput): DataTable {
  return {
    name: 'callers',
    columns: [text('stats_path'), ...PLACE, ...PLACE.map((column) => ({ ...column, name: `caller_${column.name}` })), ...AMOUNTS],
    *rows() {
      for (const { path, functions } of profilesWithin(input)) {
        for (const called of functions) {
          for (const part of called.callers) {
            const caller = placeOf(functions[part.caller] as PythonFunction);
            yield [path, ...placeOf(called), ...caller, ...amounts(part)];
          }
        }
      }
    },
  };
}

/** Profiles that touch the window, and those of which no time is known. */
function* profilesWithin({ run, window }: TableInput): Iterable<PythonProfile> {
  const { from, to } = microsWindow(window);
  for (const profile of run.profiles) {
    const { start, end } = profile;
    if (start === undefined || end === undefined || (end.micros >= from && start.micros <= to)) yield profile;
  }
}

function placeOf({ file, line, name }: PythonFunction): Cell[] {
  return [file, line, name];
}

function amounts(of: Pick<PythonFunction, 'primitiveCalls' | 'totalCalls' | 'ownSeconds' | 'cumulativeSeconds'>): Cell[] {
  return [of.primitiveCalls, of.totalCalls, of.ownSeconds, of.cumulativeSeconds];
}
