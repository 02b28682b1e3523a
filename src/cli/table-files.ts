import { stringify } from 'csv-stringify/sync';
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { Cell, DataColumn, DataTable } from '../tables/table.ts';

/** Rows made and written at once: memory is bounded by them, and a Parquet file has a group for each so many. */
const CSV_ROWS = 5_000;
const PARQUET_ROWS = 20_000;

const PARQUET_TYPES = { text: 'STRING', whole: 'INT64', real: 'DOUBLE', flag: 'BOOLEAN' } as const;

interface TableFile {
  readonly contentType: string;
  chunks(table: DataTable): AsyncIterable<Uint8Array>;
}

/** File formats by their ending. */
export const TABLE_FILES = {
  /** RFC 4180 in UTF-8; True and False as Python writes them, nothing for an unknown cell. */
  csv: { contentType: 'text/csv; charset=utf-8', chunks: csv },
  parquet: { contentType: 'application/vnd.apache.parquet', chunks: parquet },
} as const satisfies Record<string, TableFile>;

async function* csv({ columns, rows }: DataTable): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(stringify([columns.map(({ name }) => name)]));
  const cast = { boolean: (value: boolean) => (value ? 'True' : 'False') };
  for (const batch of batches(rows(), CSV_ROWS)) yield encoder.encode(stringify(batch as Cell[][], { cast }));
}

async function* parquet({ columns, rows }: DataTable): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  // The writer counts where it is in the file by `offset`; what is written may leave its buffer.
  const taken = () => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  const empty = columns.map(({ name, type }) => ({ name, type: PARQUET_TYPES[type], nullable: true, data: [] }));
  const file = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData: empty }), createdBy: 'profiler-report' });
  for (const batch of batches(rows(), PARQUET_ROWS)) {
    const columnData = columns.map((column, i) => ({
      name: column.name,
      data: batch.map((row) => parquetCell(column, row[i] ?? null)),
    }));
    await file.write({ columnData, rowGroupSize: PARQUET_ROWS });
    yield taken();
  }
  await file.finish();
  yield taken();
}

function parquetCell({ type }: DataColumn, cell: Cell): Cell | bigint {
  return type === 'whole' && typeof cell === 'number' ? BigInt(Math.round(cell)) : cell;
}

function* batches(rows: Iterable<readonly Cell[]>, size: number): Generator<(readonly Cell[])[]> {
  let batch: (readonly Cell[])[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
