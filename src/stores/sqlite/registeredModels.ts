import type { ModelVersion, RegisteredModel } from '../../mlflow/model';
import type { RowOrder } from '../../mlflow/search/parseOrderBy';
import type { Page, SearchQuery } from '../../mlflow/trackingStore';
import { pageOffset, pageToken } from '../local/paging';
import { missing, needsServer } from '../local/refusals';
import type { Reading } from './database';
import { modelVersionsWith } from './modelVersions';
import type { Reader } from './openDatabase';
import { inWorkspace, notPrompt, registryFilterSql } from './registrySql';
import { type Row, toText, toTime } from './rows';
import { readFilter, readOrder } from './searchLanguage';
import { joinSql, listValue, sql } from './sqlText';

const columns = 'm.name, m.description, m.creation_time, m.last_updated_time';
const versionsAtOnce = 500;

export function* searchRegisteredModels(
  reader: Reader,
  query: SearchQuery,
): Reading<Page<RegisteredModel>> {
  const { filter = '', orderBy = [], maxResults } = query;
  const { version } = reader.schema;
  const comparisons = readFilter(filter, 'registeredModels', version);
  const order = readOrder(orderBy, 'registeredModels', version);
  const offset = pageOffset(query.pageToken);
  const conditions = [
    sql(inWorkspace(reader, 'm')),
    notPrompt(reader, 'registered_model_tags'),
    ...comparisons.flatMap((c) =>
      registryFilterSql(reader, c, 'registered_model_tags', { name: 'm.name' }),
    ),
  ];
  const { text, values } = joinSql(conditions, ' AND ');
  const rows = reader.rows(
    `SELECT ${columns} FROM registered_models AS m WHERE ${text} ORDER BY ${orderSql(order)} LIMIT ? OFFSET ?`,
    ...values,
    maxResults + 1,
    offset,
  );
  yield;
  const items = yield* readModels(reader, rows.slice(0, maxResults));
  const nextPageToken = rows.length > maxResults ? pageToken(offset + maxResults) : undefined;
  return { items, nextPageToken };
}

export function* readRegisteredModel(reader: Reader, name: string): Reading<RegisteredModel> {
  const rows = reader.rows(
    `SELECT ${columns} FROM registered_models AS m WHERE m.name = ? AND ${inWorkspace(reader, 'm')}`,
    name,
  );
  const [model] = yield* readModels(reader, rows);
  if (model === undefined) {
    throw missing(`Registered Model with name=${name} not found`);
  }
  return model;
}

function* readModels(reader: Reader, rows: readonly Row[]): Reading<RegisteredModel[]> {
  const names = rows.map(([name]) => toText(name));
  const list = listValue(names);
  const ofModels = (table: string, fields: string): ReadonlyMap<number, Row[]> =>
    grouped(
      reader.rows(
        `SELECT j.key, ${fields} FROM json_each(?) AS j CROSS JOIN ${table} AS t ON t.name = j.value
          WHERE ${inWorkspace(reader, 't')}`,
        list,
      ),
      ([index]) => Number(index),
    );
  const tags = ofModels('registered_model_tags', 't.key, t.value');
  const aliases = ofModels('registered_model_aliases', 't.alias, t.version');
  yield;
  const latest = yield* latestVersions(reader, names);
  return rows.map(([name, description, created, updated], index) => ({
    name: toText(name),
    description: toText(description),
    creationTime: toTime(created),
    lastUpdatedTime: toTime(updated),
    tags: (tags.get(index) ?? []).map(([, key, value]) => ({
      key: toText(key),
      value: toText(value),
    })),
    aliases: (aliases.get(index) ?? []).map(([, alias, v]) => ({
      alias: toText(alias),
      version: toText(v),
    })),
    latestVersions: latest.get(toText(name)) ?? [],
  }));
}

/** The newest version of each stage, by the name of the model. A model may have thousands of versions. */
function* latestVersions(
  reader: Reader,
  names: readonly string[],
): Reading<ReadonlyMap<string, ModelVersion[]>> {
  const keys: (readonly [string, number])[] = [];
  for (const name of names) {
    const newest = reader.rows(
      `SELECT max(v.version) FROM model_versions AS v WHERE v.name = ? AND ${inWorkspace(reader, 'v')}
        GROUP BY v.current_stage`,
      name,
    );
    keys.push(...newest.map(([version]) => [name, Number(version)] as const));
    yield;
  }
  const versions: ModelVersion[] = [];
  for (let start = 0; start < keys.length; start += versionsAtOnce) {
    const condition = sql(
      '(v.name, v.version) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))',
      JSON.stringify(keys.slice(start, start + versionsAtOnce)),
    );
    versions.push(...modelVersionsWith(reader, condition, 'v.name, v.version'));
    yield;
  }
  return grouped(versions, ({ name }) => name);
}

function grouped<Key, Item>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

/** By name where nothing else is asked for. */
function orderSql(keys: readonly RowOrder[]): string {
  const parts = keys.map(({ key, ascending }) => `${column(key)} ${ascending ? 'ASC' : 'DESC'}`);
  return [...parts, ...(keys.some(({ key }) => key === 'name') ? [] : ['m.name ASC'])].join(', ');
}

function column(key: string): string {
  if (key === 'name') {
    return 'm.name';
  }
  if (key === 'last_updated_timestamp' || key === 'timestamp') {
    return 'm.last_updated_time';
  }
  throw needsServer(`registered models are not sorted by ${key} here`);
}
