/**
 * Colours for both page backgrounds, `#ffffff` and `#14171c`: each has a contrast of at least 3:1 against either, so one set serves
 * light and dark (WCAG 2.2, 1.4.11), and any two stay apart for people with protanopia and deuteranopia (test/charts/palette.test.ts).
 */
export const SERIES = ['#3d6bcf', '#dd7610', '#31a773', '#bd307d', '#928bcf', '#77650e'] as const;

/** Colour of a chart that needs only one. */
export const ACCENT = SERIES[0];

/** Limits of a rule and moments of the job. */
export const MARK = SERIES[1];

/** Quantiles: landmarks of the data, no limits. */
export const QUANTILE = '#7d8794';

/** Dark text on the lighter half of the colours; white stands on the others (4.5:1 at least). */
export const INK = '#14171c';

export function needsDarkInk(index: number): boolean {
  return [1, 2, 4].includes(index % SERIES.length);
}

/** Parts beyond the sixth begin again with the first colour: their labels stand beside them. */
export function seriesColour(index: number): string {
  return SERIES[index % SERIES.length] ?? ACCENT;
}

/** The accent over whatever lies below: low values stay near the page's background, light or dark. Opacity 0 to 1. */
export function accentOver(opacity: number): string {
  return over(ACCENT, opacity);
}

export function over(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${opacity})`;
}

/** Opacities of the lowest and the highest value of a heatmap. */
export const HEAT_OPACITY = [0.08, 1] as const;

/** Lines and points over time take these one after the other; what stands out has a colour of its own. */
const LINES = [SERIES[0], SERIES[2], SERIES[4], SERIES[5], SERIES[1]] as const;
export const STANDS_OUT = SERIES[3];

export function lineColour(index: number): string {
  return LINES[index % LINES.length] ?? ACCENT;
}

/** Places in SPAN_COLOURS by the titles of the rules that tell times: rules that stand in one chart differ. */
export const RULE_SLOTS: Readonly<Record<string, number>> = {
  'CPU bottleneck': 0,
  'I/O bottleneck': 1,
  'Low GPU utilization': 2,
  'Load balancing': 3,
  'GPU memory increase': 4,
  'Batch size': 1,
  'Step outliers': 2,
  'Data loading': 3,
  'Initialization time': 4,
  'Latency over target': 2,
  'Overhead dominates': 3,
  'One container dominates': 1,
  'Cold starts': 2,
  'Uneven variants': 0,
  'High error rate': 2,
  'Idle endpoint': 2,
  'Insufficient memory': 0,
};
/** All but the blue of most lines. */
const SPAN_COLOURS = [SERIES[1], SERIES[5], SERIES[3], SERIES[4], SERIES[2]] as const;

/** An added rule gets one by its name. The same for a rule in all charts but those in which it is `taken`: there another is free, or grey is. */
export function ruleColour(title: string, taken: ReadonlySet<string> = new Set()): string {
  const byName = () => [...title].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
  const slot = Object.hasOwn(RULE_SLOTS, title) ? (RULE_SLOTS[title] as number) : byName();
  const free = SPAN_COLOURS.map((_, i) => SPAN_COLOURS[(slot + i) % SPAN_COLOURS.length] ?? QUANTILE);
  return free.find((colour) => !taken.has(colour)) ?? QUANTILE;
}

/** Of the shade over such times, and of the band from the lowest to the highest. */
export const SPAN_OPACITY = 0.1;
export const BAND_OPACITY = 0.22;
/** Of stacked areas: they are what is looked at. */
export const STACK_OPACITY = 0.6;
