/**
 * A chart as data: what is drawn, never how. `src/charts` turns it into a plotly figure, a static SVG and a table.
 * All labels are plain text from anywhere; escaping is the business of whoever draws.
 */
export type Chart =
  | SharesChart
  | BarsChart
  | BoxesChart
  | RangesChart
  | HistogramChart
  | HeatmapChart
  | TimelineChart
  | SeriesChart
  | GridChart
  | PointsChart
  | ActivityChart
  | FlameChart;

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

/** A chart over the time of the job. All of them share zoom and pan. */
interface TimeChart extends ChartBase {
  /** First and last moment of the job, seconds since the epoch: the same in all time charts of a report, so that they line up. */
  readonly period: readonly [number, number];
  /** Times where rules found something: shaded. */
  readonly spans: readonly ShadedSpan[];
  /** Moments of the job, such as its first step; value in seconds since the epoch. */
  readonly marks: readonly Mark[];
}

export interface ShadedSpan {
  /** Title of the rule. */
  readonly label: string;
  /** Seconds since the epoch. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Lines over time: a mean with the spread of what it is the mean of. `null` is a gap. */
export interface SeriesChart extends TimeChart {
  readonly kind: 'series';
  readonly valueTitle: string;
  readonly unit: string;
  /** Value axis, for example 0 to 100 for percent; otherwise the data decides. */
  readonly range?: readonly [number, number];
  /** True where the series are parts that are drawn on top of each other, the first one lowest; they have no spread then. */
  readonly stacked?: boolean;
  /** Seconds since the epoch, of each point of each series. */
  readonly seconds: readonly number[];
  readonly series: readonly {
    readonly label: string;
    readonly values: readonly (number | null)[];
    /** Lowest and highest of what the value is a mean of; both or none. */
    readonly low?: readonly (number | null)[];
    readonly high?: readonly (number | null)[];
  }[];
  /** A grid chart of the report whose rows (single cores or GPUs) can be picked as lines in this one. */
  readonly pickFrom?: string;
}

/** Values of many rows over time, in equal steps: `values[row][i]` is the mean from `startSeconds + i * stepSeconds` on. `null` is a gap. */
export interface GridChart extends TimeChart {
  readonly kind: 'grid';
  readonly rowTitle: string;
  readonly valueTitle: string;
  readonly unit: string;
  readonly rows: readonly string[];
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly values: readonly (readonly (number | null)[])[];
  readonly range: readonly [number, number];
}

/** Single happenings over time, such as steps with their durations, in groups of one colour. */
export interface PointsChart extends TimeChart {
  readonly kind: 'points';
  readonly valueTitle: string;
  readonly unit: string;
  readonly groups: readonly {
    readonly label: string;
    readonly seconds: readonly number[];
    readonly values: readonly number[];
    /** Name of each point, such as its step number; as many as points. */
    readonly names: readonly string[];
    /** Indices of points that stand out, such as outliers. */
    readonly flagged: readonly number[];
  }[];
}

/**
 * What the framework did when: busy seconds of each lane in equal steps of time. A selected range is summed up per lane: the drill-down.
 * Lanes may run at once and nest, so that they add up to more than the time.
 */
export interface ActivityChart extends TimeChart {
  readonly kind: 'activity';
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly lanes: readonly { readonly group: string; readonly label: string; readonly busySeconds: readonly number[] }[];
}

/** A call tree as nested bars: depth 0 is the root, widths are seconds. */
export interface FlameChart extends ChartBase {
  readonly kind: 'flame';
  readonly frames: readonly {
    readonly label: string;
    /** Where the function is: `file:line`. */
    readonly place: string;
    readonly depth: number;
    readonly startSeconds: number;
    readonly widthSeconds: number;
    readonly ownSeconds: number;
  }[];
}

export interface Mark {
  readonly label: string;
  readonly value: number;
}
