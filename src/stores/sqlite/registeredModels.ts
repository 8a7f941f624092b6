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
  const items = readModels(reader, rows.slice(0, maxResults));
  yield;
  const nextPageToken = rows.length > maxResults ? pageToken(offset + maxResults) : undefined;
  return { items, nextPageToken };
}

export function* readRegisteredModel(reader: Reader, name: string): Reading<RegisteredModel> {
  const rows = reader.rows(
    `SELECT ${columns} FROM registered_models AS m WHERE m.name = ? AND ${inWorkspace(reader, 'm')}`,
    name,
  );
  const [model] = readModels(reader, rows);
  if (model === undefined) {
    throw missing(`Registered Model with name=${name} not found`);
  }
  yield;
  return model;
}

function readModels(reader: Reader, rows: readonly Row[]): RegisteredModel[] {
  const names = listValue(rows.map(([name]) => toText(name)));
  const ofModels = (table: string, fields: string): readonly Row[] =>
    reader.rows(
      `SELECT j.key, ${fields} FROM json_each(?) AS j CROSS JOIN ${table} AS t ON t.name = j.value
        WHERE ${inWorkspace(reader, 't')}`,
      names,
    );
  const tags = ofModels('registered_model_tags', 't.key, t.value');
  const aliases = ofModels('registered_model_aliases', 't.alias, t.version');
  const latest = latestVersions(reader, names);
  const of = (list: readonly Row[], index: number): Row[] =>
    list.filter(([at]) => Number(at) === index);
  return rows.map(([name, description, created, updated], index) => ({
    name: toText(name),
    description: toText(description),
    creationTime: toTime(created),
    lastUpdatedTime: toTime(updated),
    tags: of(tags, index).map(([, key, value]) => ({ key: toText(key), value: toText(value) })),
    aliases: of(aliases, index).map(([, alias, v]) => ({
      alias: toText(alias),
      version: toText(v),
    })),
    latestVersions: latest.get(toText(name)) ?? [],
  }));
}

/** The newest version of each stage, by the name of the model. */
function latestVersions(reader: Reader, names: string): ReadonlyMap<string, ModelVersion[]> {
  const condition = sql(
    `v.name IN (SELECT value FROM json_each(?)) AND v.version = (SELECT max(o.version) FROM model_versions AS o
      WHERE o.name = v.name AND o.current_stage = v.current_stage AND ${inWorkspace(reader, 'o')})`,
    names,
  );
  const versions = modelVersionsWith(reader, condition, 'v.name, v.version');
  const byName = new Map<string, ModelVersion[]>();
  for (const version of versions) {
    const list = byName.get(version.name) ?? [];
    byName.set(version.name, [...list, version]);
  }
  return byName;
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
