import { fieldsOf, flagOf, isShortText, numberOf, shortTexts, textsOf } from '../kit/fields';

/** What charts have as their x axis. */
export type AxisChoice =
  | { readonly kind: 'step' | 'relative' | 'wall' }
  | { readonly kind: 'metric'; readonly metric: string };

/** What runs are put together by, for a mean and a band. */
export interface GroupBy {
  readonly kind: 'param' | 'tag';
  readonly key: string;
}

/** How the charts of a page are set up. */
export interface ChartsLayout {
  readonly axis: AxisChoice;
  /** From 0 (the raw line) to 1, as MLflow's slider from 0 to 100. */
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly groupBy: GroupBy | undefined;
  /** Names of folded sections of the page: `charts`, and `charts/` with a prefix of metrics, among others. */
  readonly folded: ReadonlySet<string>;
  /** The least width of a chart, in pixels. */
  readonly chartWidth: number;
  /** Metrics whose charts a person has moved, in their order; the others follow. */
  readonly chartOrder: readonly string[];
  /** Metrics whose charts are put away. */
  readonly hiddenCharts: ReadonlySet<string>;
  /** Zooming one chart zooms all that have the same axis. */
  readonly linkedZoom: boolean;
}

export const chartWidths = { least: 240, usual: 360, most: 1600 };

export const defaultChartsLayout: ChartsLayout = {
  axis: { kind: 'step' },
  smoothing: 0,
  logX: false,
  logY: false,
  groupBy: undefined,
  folded: new Set(),
  chartWidth: chartWidths.usual,
  chartOrder: [],
  hiddenCharts: new Set(),
  linkedZoom: true,
};

function axisOf(value: unknown): AxisChoice {
  const { kind, metric } = fieldsOf(value);
  if (kind === 'step' || kind === 'relative' || kind === 'wall') return { kind };
  return kind === 'metric' && typeof metric === 'string'
    ? { kind, metric }
    : defaultChartsLayout.axis;
}

function groupByOf(value: unknown): GroupBy | undefined {
  const { kind, key } = fieldsOf(value);
  const isKind = kind === 'param' || kind === 'tag';
  return isKind && typeof key === 'string' ? { kind, key } : undefined;
}

/**
 * Reads what {@link writeChartsLayout} wrote, or whatever else was remembered: what is wrong is as usual.
 *
 * @param usuallyFolded what is folded where nothing was remembered
 */
export function readChartsLayout(
  remembered: unknown,
  usuallyFolded: ReadonlySet<string>,
): ChartsLayout {
  const fields = fieldsOf(remembered);
  const { least, most, usual } = chartWidths;
  return {
    axis: axisOf(fields['axis']),
    smoothing: numberOf(fields['smoothing'], 0, 1, 0),
    logX: flagOf(fields['logX'], false),
    logY: flagOf(fields['logY'], false),
    groupBy: groupByOf(fields['groupBy']),
    folded: Array.isArray(fields['folded']) ? new Set(textsOf(fields['folded'])) : usuallyFolded,
    chartWidth: numberOf(fields['chartWidth'], least, most, usual),
    chartOrder: [...new Set(textsOf(fields['chartOrder']))],
    hiddenCharts: new Set(textsOf(fields['hiddenCharts'])),
    linkedZoom: flagOf(fields['linkedZoom'], true),
  };
}

/** The layout as members of a JSON object of bounded size: keys beyond measure are not remembered. */
export function writeChartsLayout(layout: ChartsLayout): Readonly<Record<string, unknown>> {
  const { axis, groupBy } = layout;
  const isLong = (text: string | undefined): boolean => text !== undefined && !isShortText(text);
  return {
    axis: axis.kind === 'metric' && isLong(axis.metric) ? defaultChartsLayout.axis : axis,
    smoothing: layout.smoothing,
    logX: layout.logX,
    logY: layout.logY,
    groupBy: isLong(groupBy?.key) ? undefined : groupBy,
    folded: shortTexts(layout.folded),
    chartWidth: layout.chartWidth,
    chartOrder: shortTexts(layout.chartOrder),
    hiddenCharts: shortTexts(layout.hiddenCharts),
    linkedZoom: layout.linkedZoom,
  };
}
