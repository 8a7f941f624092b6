import { standingOf, type ConnectionFacts } from '../mlflow/connectionFacts';
import type { Experiment, ModelVersion, RegisteredModel, Run } from '../mlflow/model';
import { isSystemMetric, isSystemTag, primaryMetric } from '../mlflow/runFacts';
import type { RunForest } from '../mlflow/runForest';
import type { RunOrder } from '../mlflow/runOrder';
import type { ListKey } from '../mlflow/target';
import { inProduction } from '../mlflow/registry/production';
import type {
  ConnectionNode,
  EmptyReason,
  ErrorNode,
  GroupNode,
  Highlight,
  RunNode,
  TreeNode,
  ValueGroup,
} from './node';

/** What the rows need to know of a list that is read page by page. */
export interface ListView {
  readonly size: number;
  readonly error: unknown;
  readonly failedReadingOn: boolean;
  readonly loadedAt: number | undefined;
  readonly hasMore: boolean;
}

/** What the rows need to know of an experiment's runs. */
export interface RunsView {
  readonly list: ListView;
  readonly forest: RunForest;
  readonly selection: {
    readonly filter: string;
    readonly createdWithin: number | undefined;
    readonly order: RunOrder;
  };
  run(id: string): Run | undefined;
  isPlaceholder(id: string): boolean;
  isWatched(id: string): boolean;
  childIds(parentId: string): readonly string[];
}

/** Which of the run colors a run has, by its id. */
export type ColorOf = (runId: string) => number;

/** Values shown of one group before "Load More…"; thousands of params are legal. */
export const valuesPerPage = 500;
const rootsLookedAt = 100;

/** Puts a list's failure, its end and its emptiness round its rows. */
export function framed(
  of: ListKey,
  list: ListView,
  rows: readonly TreeNode[],
  empty?: EmptyReason,
): readonly TreeNode[] {
  const key = listId(of);
  const failure: ErrorNode | undefined =
    list.error === undefined
      ? undefined
      : {
          kind: 'error',
          id: `error:${key}`,
          of,
          error: list.error,
          rowsFrom: rows.length === 0 ? undefined : list.loadedAt,
        };
  if (rows.length === 0 && !list.hasMore) {
    if (failure !== undefined) {
      return [failure];
    }
    return empty === undefined ? [] : [{ kind: 'empty', id: `empty:${key}`, why: empty }];
  }
  const framedRows: TreeNode[] = [...rows];
  if (failure !== undefined) {
    if (list.failedReadingOn) {
      framedRows.push(failure);
    } else {
      framedRows.unshift(failure);
    }
  }
  if (list.hasMore && !list.failedReadingOn) {
    framedRows.push({ kind: 'loadMore', id: `more:${key}:${list.size}`, of, loaded: list.size });
  }
  return framedRows;
}

function listId(of: ListKey): string {
  switch (of.list) {
    case 'runs':
      return `runs:${of.experimentId}`;
    case 'children':
      return `children:${of.runId}`;
    case 'versions':
      return `versions:${of.modelName}`;
    case 'values':
      return `values:${of.groupId}`;
    case 'artifacts':
      return `artifacts:${of.rowId}`;
    case 'loggedModels':
      return `loggedModels:${of.runId}`;
    default:
      return of.list;
  }
}

/** The row of a connection that could not be opened. */
export function failedConnection(error: unknown): ErrorNode {
  return {
    kind: 'error',
    id: 'error:connection',
    of: { list: 'connection' },
    error,
    rowsFrom: undefined,
  };
}

/** The id of a connection's row. */
export function connectionRowId({ id }: { readonly id: string }): string {
  return `connection:${id}`;
}

const noFolders: readonly string[] = [];

/** The row of one of several connections. */
export function connectionRow(id: string, facts: ConnectionFacts, open: boolean): ConnectionNode {
  const { name, version, found } = facts;
  return {
    kind: 'connection',
    id: connectionRowId({ id }),
    connectionId: id,
    name,
    standing: standingOf(facts),
    version,
    folders: found?.folders ?? noFolders,
    beside: found?.beside ?? false,
    open,
  };
}

export function experimentRow(
  experiment: Experiment,
  pinned: boolean,
  selection: RunsView['selection'],
): TreeNode {
  return {
    kind: 'experiment',
    id: `experiment:${experiment.id}`,
    experiment,
    pinned,
    filter: selection.filter,
    narrowed: selection.filter !== '' || selection.createdWithin !== undefined,
  };
}

/** The rows under an experiment: its families of runs. */
export function runRows(
  experiment: Experiment,
  runs: RunsView,
  lifecycle: 'active' | 'deleted',
  colorOf: ColorOf,
): readonly TreeNode[] {
  const { filter, createdWithin } = runs.selection;
  const narrowed = filter !== '' || createdWithin !== undefined;
  const plainlyEmpty = lifecycle === 'deleted' ? 'noDeletedRuns' : 'noRuns';
  return framed(
    { list: 'runs', experimentId: experiment.id },
    runs.list,
    toRunNodes(runs.forest.roots, runs, experiment, colorOf),
    narrowed ? 'noMatch' : plainlyEmpty,
  );
}

/** The rows under a run: child runs, then its values in groups, and its artifacts. */
export function rowsOfRun(
  run: Run,
  experiment: Experiment,
  runs: RunsView,
  childList: ListView | undefined,
  ancestors: ReadonlySet<string>,
  colorOf: ColorOf,
): readonly TreeNode[] {
  const childIds = runs.childIds(run.id).filter((id) => !ancestors.has(id));
  const children = toRunNodes(childIds, runs, experiment, colorOf);
  const of: ListKey = { list: 'children', experimentId: experiment.id, runId: run.id };
  return [
    ...(childList === undefined ? children : framed(of, childList, children)),
    ...valueGroups(run),
    {
      kind: 'artifacts',
      id: `run:${run.id}/artifacts`,
      experimentId: run.experimentId,
      runId: run.id,
      ownerName: run.name,
    },
  ];
}

function toRunNodes(
  ids: readonly string[],
  runs: RunsView,
  experiment: Experiment,
  colorOf: ColorOf,
): readonly RunNode[] {
  const highlight = highlightOf(runs, experiment);
  const narrowed = runs.selection.filter !== '' || runs.selection.createdWithin !== undefined;
  const nodes: RunNode[] = [];
  for (const id of ids) {
    const run = runs.run(id);
    if (run !== undefined) {
      const placeholder = runs.isPlaceholder(id);
      const open = narrowed && runs.forest.childrenOf.has(id);
      const watched = runs.isWatched(id);
      const color = colorOf(id);
      nodes.push({
        kind: 'run',
        id: `run:${id}`,
        run,
        placeholder,
        watched,
        open,
        highlight,
        color,
      });
    }
  }
  return nodes;
}

/**
 * What a run's row shows: what the list is sorted by, else the experiment's primary metric, else
 * the first metric of the first run that has one, so that all rows show the same.
 */
function highlightOf(runs: RunsView, experiment: Experiment): Highlight | undefined {
  const { order } = runs.selection;
  if (order.by !== 'attribute') {
    return { by: order.by, key: order.key };
  }
  const key = primaryMetric(experiment) ?? firstMetric(runs);
  return key === undefined ? undefined : { by: 'metric', key };
}

function firstMetric(runs: RunsView): string | undefined {
  const { roots, childrenOf } = runs.forest;
  const firsts = roots.slice(0, rootsLookedAt);
  for (const id of [...firsts, ...firsts.flatMap((root) => childrenOf.get(root)?.[0] ?? [])]) {
    const metric = runs.run(id)?.metrics.find(({ key }) => !isSystemMetric(key));
    if (metric !== undefined) {
      return metric.key;
    }
  }
  return undefined;
}

function valueGroups(run: Run): readonly GroupNode[] {
  const group = (name: ValueGroup, count: number): GroupNode => ({
    kind: 'group',
    id: `run:${run.id}/${name}`,
    group: name,
    experimentId: run.experimentId,
    runId: run.id,
    count,
  });
  return [
    group('params', run.params.length),
    group('metrics', run.metrics.length),
    group('tags', run.tags.length),
  ];
}

/** The rows of one group of values, at most `limit` of them. */
export function valueRows(group: GroupNode, run: Run, limit: number): readonly TreeNode[] {
  const all = valuesOf(group, run);
  const hasMore = all.length > limit;
  const list = { size: limit, error: undefined, failedReadingOn: false, loadedAt: 0, hasMore };
  const of: ListKey = { list: 'values', groupId: group.id };
  return framed(of, list, all.slice(0, limit), 'noValues');
}

function valuesOf(group: GroupNode, run: Run): readonly TreeNode[] {
  switch (group.group) {
    case 'params':
      return run.params.map((param) => ({ kind: 'param', id: `${group.id}/${param.key}`, param }));
    case 'metrics':
      return ownFirst(run.metrics, isSystemMetric).map((metric) => ({
        kind: 'metric',
        id: `${group.id}/${metric.key}`,
        metric,
      }));
    case 'tags':
      return ownFirst(run.tags, isSystemTag).map((tag) => ({
        kind: 'tag',
        id: `${group.id}/${tag.key}`,
        tag,
      }));
  }
}

/** What people logged themselves before what MLflow adds. */
function ownFirst<T extends { readonly key: string }>(
  entries: readonly T[],
  isSystem: (key: string) => boolean,
): readonly T[] {
  return [
    ...entries.filter(({ key }) => !isSystem(key)),
    ...entries.filter(({ key }) => isSystem(key)),
  ];
}

/** @param alias the one that stands for production */
export function modelRow(model: RegisteredModel, alias: string): TreeNode {
  const production = inProduction(model, alias).join(', ');
  return { kind: 'model', id: `model:${model.name}`, model, production };
}

/** The rows under a registered model; aliases come from the model, since lists of versions have none. */
export function versionRows(
  model: RegisteredModel,
  versions: readonly ModelVersion[],
  list: ListView,
  productionAlias: string,
): readonly TreeNode[] {
  const rows = versions.map((version): TreeNode => {
    const aliases = model.aliases
      .filter((alias) => alias.version === version.version)
      .map(({ alias }) => `@${alias}`)
      .join(' ');
    return {
      kind: 'version',
      id: `version:${model.name}/${version.version}`,
      version,
      aliases,
      production:
        version.stage === 'Production' || aliases.split(' ').includes(`@${productionAlias}`),
    };
  });
  return framed({ list: 'versions', modelName: model.name }, list, rows, 'noVersions');
}
