import type { Experiment } from '../../mlflow/model';
import type { RowOrder } from '../../mlflow/search/parseOrderBy';
import type { ExperimentQuery, Page } from '../../mlflow/trackingStore';
import { pageOffset, pageToken } from '../local/paging';
import { missing, needsServer } from '../local/refusals';
import type { Reading } from './database';
import { experimentNumber, stageSql } from './findRuns';
import type { Reader } from './openDatabase';
import { type Row, toInteger, toText, toTime } from './rows';
import { type Comparison, readFilter, readOrder } from './searchLanguage';
import { type Sql, compareSql, joinSql, listValue, sql } from './sqlText';

const columns =
  'experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time';
/** Attributes by which experiments are filtered and sorted; their columns have the same names. */
const attributes = ['experiment_id', 'name', 'creation_time', 'last_update_time'];
const rowsAtOnce = 1000;

export function* searchExperiments(
  reader: Reader,
  query: ExperimentQuery,
): Reading<Page<Experiment>> {
  const { filter = '', orderBy = [], maxResults, view } = query;
  const { version } = reader.schema;
  const comparisons = readFilter(filter, 'experiments', version);
  const order = readOrder(orderBy, 'experiments', version);
  const offset = pageOffset(query.pageToken);
  const condition = joinSql(
    [stageSql('experiments', view), ...comparisons.map(filterSql)],
    ' AND ',
  );
  const rows = reader.rows(
    `SELECT ${columns} FROM experiments WHERE ${condition.text} ORDER BY ${orderSql(order)} LIMIT ? OFFSET ?`,
    ...condition.values,
    maxResults + 1,
    offset,
  );
  yield;
  const items: Experiment[] = [];
  for (let start = 0; start < Math.min(rows.length, maxResults); start += rowsAtOnce) {
    const end = Math.min(start + rowsAtOnce, maxResults);
    items.push(...withTags(reader, rows.slice(start, end)));
    yield;
  }
  const nextPageToken = rows.length > maxResults ? pageToken(offset + maxResults) : undefined;
  return { items, nextPageToken };
}

export function* readExperiment(reader: Reader, id: string): Reading<Experiment> {
  const rows = reader.rows(
    `SELECT ${columns} FROM experiments WHERE experiment_id = ?`,
    experimentNumber(id),
  );
  const [experiment] = withTags(reader, rows);
  if (experiment === undefined) {
    throw missing(`No Experiment with id=${id} exists`);
  }
  yield;
  return experiment;
}

function withTags(reader: Reader, rows: readonly Row[]): Experiment[] {
  const tags = rows.map((): { key: string; value: string }[] => []);
  const ids = rows.map(([id]) => toInteger(id));
  for (const [index, key, value] of reader.rows(
    `SELECT j.key, t.key, t.value FROM json_each(?) AS j CROSS JOIN experiment_tags AS t ON t.experiment_id = j.value`,
    listValue(ids),
  )) {
    tags[Number(index)]?.push({ key: toText(key), value: toText(value) });
  }
  return rows.map(([id, name, location, stage, created, updated], index) => ({
    id: toText(id),
    name: toText(name),
    artifactLocation: toText(location),
    lifecycleStage: stage === 'deleted' ? 'deleted' : 'active',
    creationTime: toTime(created),
    lastUpdateTime: toTime(updated),
    tags: tags[index] ?? [],
  }));
}

function filterSql({ entity, key, operator, value }: Comparison): Sql {
  if (entity !== 'tag') {
    const number = key === 'experiment_id' ? experimentNumbers(value) : value;
    return compareSql(column(key), operator, number);
  }
  const present = `EXISTS (SELECT 1 FROM experiment_tags AS t
    WHERE t.experiment_id = experiments.experiment_id AND t.key = ?`;
  if (operator === 'IS NULL' || operator === 'IS NOT NULL') {
    return sql(`${operator === 'IS NULL' ? 'NOT ' : ''}${present})`, key);
  }
  const condition = compareSql('t.value', operator, value);
  return sql(`${present} AND ${condition.text})`, key, ...condition.values);
}

/** Ids are texts in filters and integers in databases; SQLite itself converts single ones. */
function experimentNumbers(value: Comparison['value']): Comparison['value'] {
  return typeof value === 'string' ? BigInt(value) : value;
}

/** Newest first; ties by id (`_get_search_experiments_order_by_clauses`). */
function orderSql(keys: readonly RowOrder[]): string {
  if (keys.length === 0) {
    return 'creation_time DESC, experiment_id ASC';
  }
  const parts = keys.map(({ key, ascending }) => `${column(key)} ${ascending ? 'ASC' : 'DESC'}`);
  const tie = keys.some(({ key }) => key === 'experiment_id') ? [] : ['experiment_id DESC'];
  return [...parts, ...tie].join(', ');
}

function column(key: string): string {
  if (!attributes.includes(key)) {
    throw needsServer(`experiments are not searched by ${key} here`);
  }
  return key;
}
