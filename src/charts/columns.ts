/** One column of a static drawing: what of a line falls into it. */
export interface Column {
  /** Middle of the column on the axis. */
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  /** Whether the lowest came before the highest. */
  readonly rises: boolean;
}

/**
 * A line in `count` equal columns of the domain, lowest and highest kept, in runs without gaps. What lies outside is left out; a column
 * in which nothing falls is a gap only where a value is missing there.
 */
export function columnsOf(
  xs: readonly number[],
  ys: readonly (number | null)[],
  [from, to]: readonly [number, number],
  count: number,
): Column[][] {
  const width = (to - from) / count;
  const runs: Column[][] = [];
  let run: Column[] = [];
  let open: { index: number; low: number; high: number; sum: number; count: number; rises: boolean } | undefined;
  const close = () => {
    if (open) {
      const { index, low, high, sum, count, rises } = open;
      run.push({ at: from + (index + 0.5) * width, low, high, mean: sum / count, rises });
    }
    open = undefined;
  };
  const end = () => {
    close();
    if (run.length > 0) runs.push(run);
    run = [];
  };
  xs.forEach((x, position) => {
    const y = ys[position] ?? null;
    if (x < from || x > to) return;
    if (y === null) {
      end();
      return;
    }
    const index = Math.min(count - 1, Math.floor((x - from) / width));
    if (open?.index !== index) {
      close();
      open = { index, low: y, high: y, sum: 0, count: 0, rises: true };
    }
    if (y > open.high) open.rises = true;
    if (y < open.low) open.rises = false;
    open.low = Math.min(open.low, y);
    open.high = Math.max(open.high, y);
    open.sum += y;
    open.count++;
  });
  end();
  return runs;
}

/** Rows of cells made coarse: at most `rows` by `columns` means, and how many rows and columns went into one. */
export function coarse(
  values: readonly (readonly (number | null)[])[],
  width: number,
  most: { readonly rows: number; readonly columns: number },
): { readonly values: (number | null)[][]; readonly rowsPerCell: number; readonly columnsPerCell: number } {
  const rowsPerCell = Math.ceil(values.length / most.rows);
  const columnsPerCell = Math.max(1, Math.ceil(width / most.columns));
  const coarseRows = Array.from({ length: Math.ceil(values.length / rowsPerCell) }, (_, row) =>
    Array.from({ length: Math.ceil(width / columnsPerCell) }, (__, column) => {
      let sum = 0;
      let count = 0;
      for (const line of values.slice(row * rowsPerCell, (row + 1) * rowsPerCell)) {
        for (const value of line.slice(column * columnsPerCell, (column + 1) * columnsPerCell)) {
          if (value === null) continue;
          sum += value;
          count++;
        }
      }
      return count > 0 ? sum / count : null;
    }),
  );
  return { values: coarseRows, rowsPerCell, columnsPerCell };
}
