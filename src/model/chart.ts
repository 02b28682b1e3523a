/**
 * A chart as data: what is drawn, never how. `src/charts` turns it into a plotly figure, a static SVG and a table.
 * All labels are plain text from anywhere; escaping is the business of whoever draws.
 */
export type Chart = SharesChart | BarsChart | BoxesChart | RangesChart | HistogramChart | HeatmapChart | TimelineChart;

interface ChartBase {
  /** Unique in the report, kebab case: anchor of the figure. */
  readonly id: string;
  readonly title: string;
  /** One sentence that says what the chart shows, with its main numbers: the alternative text. */
  readonly alt: string;
}

/** Parts of a whole, drawn as one stacked bar. Values are percent and add up to 100. */
export interface SharesChart extends ChartBase {
  readonly kind: 'shares';
  readonly parts: readonly { readonly label: string; readonly value: number; readonly detail?: string }[];
}

/** One horizontal bar per label, in the given order (largest first). */
export interface BarsChart extends ChartBase {
  readonly kind: 'bars';
  readonly valueTitle: string;
  readonly unit: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
}

/** Quartile box: whiskers `lower` and `upper`, box `p25` to `p75`, line at `p50`, mark at `p95`. */
export interface Box {
  readonly label: string;
  readonly lower: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly upper: number;
}

/** Box plots, one row per label, in the given order. */
export interface BoxesChart extends ChartBase {
  readonly kind: 'boxes';
  readonly valueTitle: string;
  readonly unit: string;
  /** Value axis, for example 0 to 100 for percent. */
  readonly range: readonly [number, number];
  readonly boxes: readonly Box[];
  /** A limit of the rule, drawn as a line across all rows. */
  readonly threshold?: Mark;
}

/** Spread of a value: a thin line from `min` to `max`, a thick one from `p50` to `p95`, a mark at `p99`. */
export interface RangesChart extends ChartBase {
  readonly kind: 'ranges';
  readonly valueTitle: string;
  readonly unit: string;
  readonly range: readonly [number, number];
  readonly rows: readonly {
    readonly label: string;
    readonly min: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  }[];
}

/** Histograms over one value axis; each series has its own edges (one more than counts). */
export interface HistogramChart extends ChartBase {
  readonly kind: 'histogram';
  readonly valueTitle: string;
  readonly unit: string;
  readonly countTitle: string;
  /** Axes shared with the charts beside this one, so that they can be compared; otherwise the data decides. */
  readonly axes?: { readonly value: readonly [number, number]; readonly largestCount: number };
  readonly series: readonly {
    readonly label: string;
    readonly edges: readonly number[];
    readonly counts: readonly number[];
  }[];
  readonly marks: readonly Mark[];
}

/** A grid of values: `values[row][column]`, rows drawn from the top. `null` is an empty cell. */
export interface HeatmapChart extends ChartBase {
  readonly kind: 'heatmap';
  readonly columnTitle: string;
  readonly rowTitle: string;
  readonly valueTitle: string;
  readonly unit: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
  readonly range: readonly [number, number];
}

/** Counts over time: bar i of a series spans `edgesSeconds[i]` to `edgesSeconds[i + 1]` (seconds since the epoch). */
export interface TimelineChart extends ChartBase {
  readonly kind: 'timeline';
  readonly valueTitle: string;
  readonly unit: string;
  readonly edgesSeconds: readonly number[];
  readonly series: readonly { readonly label: string; readonly values: readonly number[] }[];
  /** Moments of the job, such as its first step; value in seconds since the epoch. */
  readonly marks: readonly Mark[];
}

export interface Mark {
  readonly label: string;
  readonly value: number;
}
