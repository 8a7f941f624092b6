import { runFilterFromText } from '../../../src/mlflow/filterText';
import { toOneLine } from '../../../src/mlflow/format';
import { columnParts } from '../model/columnId';
import type { ColumnId } from '../model/columnId';
import type { SortKey } from '../model/tableLayout';
import type { RunsQuery } from '../../../src/protocol/runsPage';
import { writtenKey } from '../filter/filterKeys';
import { pythonList, pythonLiteral } from './pythonLiteral';

/** What MLflow is asked from Python. */
export interface SnippetInput {
  readonly experimentNames: readonly string[];
  /** What the experiments are connected through, for a comment. */
  readonly connection: string;
  readonly query: RunsQuery;
  readonly sort: readonly SortKey[];
  /** Ids of the runs that are meant; without any, all that the query finds. */
  readonly runIds?: readonly string[] | undefined;
}

const viewTypes = { active: 'ACTIVE_ONLY', deleted: 'DELETED_ONLY', all: 'ALL' } as const;

/** Python that reads the same runs into a pandas data frame. */
export function pandasSnippet(input: SnippetInput): string {
  const { runIds, query } = input;
  const filters = runIds ? [idFilter(runIds)] : filtersOf(query);
  const view = runIds ? 'all' : query.view;
  const several = filters.length > 1;
  const imports = [
    'import mlflow',
    ...(several ? ['import pandas as pd'] : []),
    ...(view === 'active' ? [] : ['from mlflow.entities import ViewType']),
  ];
  const call = (filter: string, indent: string): string => {
    const order = orderOf(input.sort);
    const parts = [
      `experiment_names=${pythonList(input.experimentNames, `${indent}    `)}`,
      ...(filter === '' ? [] : [`filter_string=${filter}`]),
      ...(order.length > 0 ? [`order_by=${pythonList(order, `${indent}    `)}`] : []),
      ...(view === 'active' ? [] : [`run_view_type=ViewType.${viewTypes[view]}`]),
    ];
    return `mlflow.search_runs(\n${parts.map((part) => `${indent}    ${part},\n`).join('')}${indent})`;
  };
  const comment =
    input.connection === ''
      ? []
      : [`# ${toOneLine(input.connection).replaceAll(/\p{Surrogate}/gu, '?')}`];
  if (!several) {
    const literal = filters.map(pythonLiteral).join('');
    return [...imports, '', ...comment, `df = ${call(literal, '')}`, ''].join('\n');
  }
  return [
    ...imports,
    '',
    ...comment,
    `filters = ${pythonList(filters)}`,
    `df = pd.concat(`,
    `    ${call('filter_string', '    ')}`,
    `    for filter_string in filters`,
    `).drop_duplicates("run_id", ignore_index=True)`,
    '',
  ].join('\n');
}

function idFilter(runIds: readonly string[]): string {
  return `attributes.run_id IN (${runIds.map((id) => `'${id}'`).join(', ')})`;
}

/** The filters with the time since which runs began; none that finds all. */
function filtersOf({ filters, startedSince }: RunsQuery): readonly string[] {
  const since = startedSince === undefined ? [] : [`attributes.start_time > ${startedSince}`];
  const asked = filters.length === 0 ? [''] : filters;
  return asked
    .map((filter) =>
      [runFilterFromText(filter) ?? '', ...since].filter((part) => part !== '').join(' AND '),
    )
    .filter((filter) => filter !== '' || asked.length > 1);
}

const attributes: Readonly<Record<string, string>> = {
  name: 'run_name',
  status: 'status',
  created: 'start_time',
  ended: 'end_time',
  user: 'user_id',
  runId: 'run_id',
  artifactUri: 'artifact_uri',
};

/** Sort keys as MLflow has them; it cannot sort by the others. */
export function orderOf(sort: readonly SortKey[]): readonly string[] {
  return sort.flatMap(({ column, descending }) => {
    const key = keyOf(column);
    return key === undefined ? [] : `${key} ${descending ? 'DESC' : 'ASC'}`;
  });
}

function keyOf(column: ColumnId): string | undefined {
  const parts = columnParts(column);
  if (parts.kind === 'attribute') {
    const attribute = attributes[parts.key];
    return attribute && `attributes.${attribute}`;
  }
  // Of a metric, MLflow sorts by the last value alone.
  if (parts.kind === 'metric' && parts.pick !== 'last') return undefined;
  return writtenKey(`${parts.kind}s`, parts.key);
}
