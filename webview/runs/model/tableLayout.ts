import type { RunsQuery } from '../../../src/protocol/runsPage';
import type { Direction } from '../../kit/direction';
import type { ColumnId } from './columnId';

export interface SortKey {
  readonly column: ColumnId;
  readonly descending: boolean;
}

/** What runs are put together by. */
export interface GroupKey {
  readonly kind: 'param' | 'tag' | 'attribute';
  /** Of an attribute: `datasets`, `user`, `status`, … */
  readonly key: string;
}

/** What the metrics of a group are told by. */
export const aggregates = ['mean', 'std', 'min', 'max'] as const;

export type Aggregate = (typeof aggregates)[number];

/** Since when runs have to have begun. */
export const timeSpans = ['any', 'hour', 'day', 'week', 'month', 'year'] as const;

export type TimeSpan = (typeof timeSpans)[number];

/** How the table is set up; remembered for the server and the experiments, and saved by name. */
export interface TableLayout {
  /** When a person last changed it, in milliseconds since 1970; 0 where nobody has. */
  readonly changedAt: number;
  /** In their order, without the name, which is always first; `undefined` for those that are usual for these runs. */
  readonly columns: readonly ColumnId[] | undefined;
  /** In pixels, of columns that a person has resized. */
  readonly widths: ReadonlyMap<ColumnId, number>;
  /** Columns that stay in sight behind the name, in the order of {@link columns}. */
  readonly pinned: ReadonlySet<ColumnId>;
  /** The first counts most; none leaves the newest first. */
  readonly sort: readonly SortKey[];
  /** Runs that are put away, by key. */
  readonly hidden: ReadonlySet<string>;
  /** Whether runs that are put away are shown, faintly. */
  readonly showHidden: boolean;
  /** Runs that stay on top, by key. */
  readonly pinnedRuns: ReadonlySet<string>;
  /** The run that differences are measured from, by key. */
  readonly baseline: string | undefined;
  /** Outer groups first; none shows runs alone. */
  readonly groupBy: readonly GroupKey[];
  readonly aggregate: Aggregate;
  /** Which way is better, by metric, where a person said it. */
  readonly directions: ReadonlyMap<string, Direction>;
  /** Whether runs stand below the run that they are nested in. */
  readonly nested: boolean;
  /** Runs and groups that are folded, by key. */
  readonly collapsed: ReadonlySet<string>;
  /** In MLflow's language; a run that any of them finds is shown. */
  readonly filters: readonly string[];
  /** Filters that were used before, newest first. */
  readonly filterHistory: readonly string[];
  readonly view: RunsQuery['view'];
  readonly since: TimeSpan;
  /** Whether cells of metrics show where they are between least and greatest. */
  readonly bars: boolean;
  /** Whether charts of the runs are shown. */
  readonly charts: boolean;
  /** Charts of params against metrics, as JSON; whoever draws them checks them. `undefined` until a person has chosen any. */
  readonly relations: readonly unknown[] | undefined;
}

/** What the order of the rows depends on, beside the runs. */
export type Arrangement = Pick<
  TableLayout,
  | 'sort'
  | 'groupBy'
  | 'aggregate'
  | 'nested'
  | 'collapsed'
  | 'hidden'
  | 'showHidden'
  | 'pinnedRuns'
  | 'baseline'
>;

export const columnWidths = { least: 48, usual: 110, most: 1200 };

export const defaultLayout: TableLayout = {
  changedAt: 0,
  columns: undefined,
  widths: new Map(),
  pinned: new Set(),
  sort: [],
  hidden: new Set(),
  showHidden: false,
  pinnedRuns: new Set(),
  baseline: undefined,
  groupBy: [],
  aggregate: 'mean',
  directions: new Map(),
  nested: true,
  collapsed: new Set(),
  filters: [],
  filterHistory: [],
  view: 'active',
  since: 'any',
  bars: true,
  charts: false,
  relations: undefined,
};
