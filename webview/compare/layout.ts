import { readRelation } from './relations/spec';
import type { RelationSpec } from './relations/spec';

/** The tables of the page, in the order in which they stand. */
export const tableNames = ['parameters', 'metrics', 'tags', 'attributes'] as const;

export type TableName = (typeof tableNames)[number];

/** What charts have as their x axis. */
export type AxisChoice =
  | { readonly kind: 'step' | 'relative' | 'wall' }
  | { readonly kind: 'metric'; readonly metric: string };

/** What runs are put together by, for a mean and a band. */
export interface GroupBy {
  readonly kind: 'param' | 'tag';
  readonly key: string;
}

/** Which values of a metric are the better ones; `none` where a person said that neither is. */
export type Direction = 'lower' | 'higher' | 'none';

/** How the page is set up; remembered for the server and the experiments of its runs. */
export interface Layout {
  /** When a person last changed it, in milliseconds since 1970; 0 where nobody has. */
  readonly changedAt: number;
  readonly axis: AxisChoice;
  /** From 0 (the raw line) to 1, as MLflow's slider from 0 to 100. */
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly groupBy: GroupBy | undefined;
  readonly onlyDifferences: Readonly<Record<TableName, boolean>>;
  /** Names of folded sections: those of tables, `charts`, and `charts/` with a prefix of metrics. */
  readonly folded: ReadonlySet<string>;
  /** The least width of a chart, in pixels. */
  readonly chartWidth: number;
  /** Metrics whose charts a person has moved, in their order; the others follow. */
  readonly chartOrder: readonly string[];
  /** Metrics whose charts are put away. */
  readonly hiddenCharts: ReadonlySet<string>;
  /** Zooming one chart zooms all that have the same axis. */
  readonly linkedZoom: boolean;
  /** Which way is better, by metric, where a person said it. */
  readonly directions: ReadonlyMap<string, Direction>;
  /** Charts of params against metrics. */
  readonly relations: readonly RelationSpec[];
}

export const chartWidths = { least: 240, usual: 360, most: 1600 };

export const defaultLayout: Layout = {
  changedAt: 0,
  axis: { kind: 'step' },
  smoothing: 0,
  logX: false,
  logY: false,
  groupBy: undefined,
  onlyDifferences: { parameters: true, metrics: true, tags: true, attributes: true },
  folded: new Set(['tags', 'attributes']),
  chartWidth: chartWidths.usual,
  chartOrder: [],
  hiddenCharts: new Set(),
  linkedZoom: true,
  directions: new Map(),
  relations: [],
};

const latestTime = 8.64e15;
const longestText = 1000;
const mostEntries = 2000;
const mostRelations = 20;
const longestRelation = 20_000;

type Fields = Readonly<Record<string, unknown>>;

/** The members of a JSON object; none for whatever else it is. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** The texts of a JSON array, as many and as long as is sane. */
export function textsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.filter((text) => typeof text === 'string').slice(0, mostEntries);
}

/** A number between two bounds, or what is usual. */
export function numberOf(value: unknown, least: number, most: number, usual: number): number {
  return typeof value === 'number' && value >= least && value <= most ? value : usual;
}

function flagOf(value: unknown, usual: boolean): boolean {
  return typeof value === 'boolean' ? value : usual;
}

function axisOf(value: unknown): AxisChoice {
  const { kind, metric } = fieldsOf(value);
  if (kind === 'step' || kind === 'relative' || kind === 'wall') return { kind };
  return kind === 'metric' && typeof metric === 'string' ? { kind, metric } : defaultLayout.axis;
}

function groupByOf(value: unknown): GroupBy | undefined {
  const { kind, key } = fieldsOf(value);
  const isKind = kind === 'param' || kind === 'tag';
  return isKind && typeof key === 'string' ? { kind, key } : undefined;
}

function directionsOf(value: unknown): ReadonlyMap<string, Direction> {
  const entries = Array.isArray(value) ? (value as unknown[]).slice(0, mostEntries) : [];
  const directions = new Map<string, Direction>();
  for (const entry of entries) {
    const [metric, direction] = Array.isArray(entry) ? (entry as unknown[]) : [];
    const isKnown = direction === 'lower' || direction === 'higher' || direction === 'none';
    if (typeof metric === 'string' && isKnown) directions.set(metric, direction);
  }
  return directions;
}

function relationsOf(value: unknown): readonly RelationSpec[] {
  const specs = Array.isArray(value) ? (value as unknown[]).slice(0, mostRelations) : [];
  return specs.flatMap((spec) => readRelation(spec) ?? []);
}

/** Reads what {@link writeLayout} wrote, or whatever else was remembered: what is wrong is as usual. */
export function readLayout(remembered: unknown): Layout {
  const fields = fieldsOf(remembered);
  const only = fieldsOf(fields['onlyDifferences']);
  return {
    changedAt: numberOf(fields['changedAt'], 0, latestTime, 0),
    axis: axisOf(fields['axis']),
    smoothing: numberOf(fields['smoothing'], 0, 1, 0),
    logX: flagOf(fields['logX'], false),
    logY: flagOf(fields['logY'], false),
    groupBy: groupByOf(fields['groupBy']),
    onlyDifferences: {
      parameters: flagOf(only['parameters'], true),
      metrics: flagOf(only['metrics'], true),
      tags: flagOf(only['tags'], true),
      attributes: flagOf(only['attributes'], true),
    },
    folded: Array.isArray(fields['folded'])
      ? new Set(textsOf(fields['folded']))
      : defaultLayout.folded,
    chartWidth: numberOf(
      fields['chartWidth'],
      chartWidths.least,
      chartWidths.most,
      chartWidths.usual,
    ),
    chartOrder: [...new Set(textsOf(fields['chartOrder']))],
    hiddenCharts: new Set(textsOf(fields['hiddenCharts'])),
    linkedZoom: flagOf(fields['linkedZoom'], true),
    directions: directionsOf(fields['directions']),
    relations: relationsOf(fields['relations']),
  };
}

/**
 * Reads the layout that was changed last: what this tab kept, or what is remembered for its experiments. The editor may write
 * what a tab keeps only when it ends in good order, and other tabs lay out the same experiments.
 */
export function latestLayout(kept: unknown, remembered: unknown): Layout {
  const layout = readLayout(remembered);
  const own = kept === undefined ? undefined : readLayout(kept);
  return own !== undefined && own.changedAt >= layout.changedAt ? own : layout;
}

/** The layout with a change of this moment, which is later than all before, whatever clocks say. */
export function changedLayout(layout: Layout, change: Partial<Layout>): Layout {
  return { ...layout, ...change, changedAt: Math.max(Date.now(), layout.changedAt + 1) };
}

/** The layout as JSON of bounded size: keys beyond measure are not remembered. */
export function writeLayout(layout: Layout): unknown {
  const short = (texts: Iterable<string>): string[] =>
    [...texts].filter((text) => text.length <= longestText).slice(0, mostEntries);
  const { groupBy, axis } = layout;
  const isShort = (text: string | undefined): boolean => (text?.length ?? 0) <= longestText;
  return {
    ...layout,
    axis: axis.kind === 'metric' && !isShort(axis.metric) ? defaultLayout.axis : axis,
    groupBy: isShort(groupBy?.key) ? groupBy : undefined,
    folded: short(layout.folded),
    chartOrder: short(layout.chartOrder),
    hiddenCharts: short(layout.hiddenCharts),
    directions: [...layout.directions].filter(([metric]) => isShort(metric)).slice(0, mostEntries),
    relations: layout.relations
      .filter((relation) => JSON.stringify(relation).length <= longestRelation)
      .slice(0, mostRelations),
  };
}
