import type { ModelVersion, ModelVersionStatus } from '../../mlflow/model';
import type { RowOrder } from '../../mlflow/search/parseOrderBy';
import type { Page, SearchQuery } from '../../mlflow/trackingStore';
import { pageOffset, pageToken } from '../local/paging';
import { invalid, missing, needsServer } from '../local/refusals';
import type { Reading } from './database';
import type { Reader } from './openDatabase';
import { inWorkspace, notPrompt, registryFilterSql } from './registrySql';
import { type Row, toOptionalText, toText, toTime } from './rows';
import { readFilter, readOrder } from './searchLanguage';
import { type Sql, joinSql, sql } from './sqlText';

const columns = `v.name, v.version, v.current_stage, v.status, v.status_message, v.description, v.user_id, v.source,
  v.run_id, v.creation_time, v.last_updated_time`;
const filterColumns = {
  name: 'v.name',
  run_id: 'v.run_id',
  source_path: 'v.source',
  version_number: 'v.version',
};
const rowsAtOnce = 500;

export function* searchModelVersions(
  reader: Reader,
  query: SearchQuery,
): Reading<Page<ModelVersion>> {
  const { filter = '', orderBy = [], maxResults } = query;
  const { version } = reader.schema;
  const comparisons = readFilter(filter, 'modelVersions', version);
  const order = readOrder(orderBy, 'modelVersions', version);
  const offset = pageOffset(query.pageToken);
  const conditions = [
    notPrompt(reader, 'model_version_tags'),
    ...comparisons.flatMap((c) =>
      registryFilterSql(reader, c, 'model_version_tags', filterColumns),
    ),
  ];
  const condition = joinSql(conditions, ' AND ');
  const sorted = orderSql(order);
  const items: ModelVersion[] = [];
  while (items.length <= maxResults) {
    const wanted = Math.min(rowsAtOnce, maxResults + 1 - items.length);
    const found = modelVersionsWith(reader, condition, sorted, wanted, offset + items.length);
    items.push(...found);
    yield;
    if (found.length < wanted) {
      return { items, nextPageToken: undefined };
    }
  }
  return { items: items.slice(0, maxResults), nextPageToken: pageToken(offset + maxResults) };
}

export function* readModelVersion(
  reader: Reader,
  name: string,
  version: string,
): Reading<ModelVersion> {
  if (!/^\d+$/.test(version)) {
    throw invalid(`Model version must be an integer, got '${version}'`);
  }
  const condition = sql('v.name = ? AND v.version = ?', name, Number(version));
  const [found] = modelVersionsWith(reader, condition, 'v.version');
  if (found === undefined) {
    throw missing(`Model Version (name=${name}, version=${version}) not found`);
  }
  const aliases = reader.rows(
    `SELECT a.alias FROM registered_model_aliases AS a WHERE a.name = ? AND a.version = ? AND ${inWorkspace(reader, 'a')}`,
    name,
    Number(version),
  );
  yield;
  return { ...found, aliases: aliases.map(([alias]) => toText(alias)) };
}

/** Versions `v` that are not deleted, without their aliases. */
export function modelVersionsWith(
  reader: Reader,
  condition: Sql,
  order: string,
  limit = -1,
  offset = 0,
): ModelVersion[] {
  const rows = reader.rows(
    `SELECT ${columns} FROM model_versions AS v
      WHERE v.current_stage <> 'Deleted_Internal' AND ${inWorkspace(reader, 'v')} AND ${condition.text}
      ORDER BY ${order} LIMIT ? OFFSET ?`,
    ...condition.values,
    limit,
    offset,
  );
  const keys = JSON.stringify(rows.map(([name, version]) => [toText(name), Number(version)]));
  const tags = rows.map((): { key: string; value: string }[] => []);
  for (const [index, key, value] of reader.rows(
    `SELECT j.key, t.key, t.value FROM json_each(?) AS j CROSS JOIN model_version_tags AS t
      ON t.name = j.value ->> 0 AND t.version = j.value ->> 1 AND ${inWorkspace(reader, 't')}`,
    keys,
  )) {
    tags[Number(index)]?.push({ key: toText(key), value: toText(value) });
  }
  return rows.map((row, index) => toVersion(row, tags[index] ?? []));
}

function toVersion(row: Row, tags: ModelVersion['tags']): ModelVersion {
  const [name, version, stage, status, statusMessage, description, ...more] = row;
  const [userId, source, runId, created, updated] = more;
  return {
    name: toText(name),
    version: toText(version),
    stage: toText(stage),
    status: toStatus(toText(status)),
    statusMessage: toText(statusMessage),
    description: toText(description),
    userId: toText(userId),
    source: toText(source),
    runId: toOptionalText(runId),
    // Databases do not hold it: MLflow's own client does not know it either.
    modelId: undefined,
    creationTime: toTime(created),
    lastUpdatedTime: toTime(updated),
    tags,
    aliases: [],
  };
}

/** A status that is missing or unknown is one that needs no attention. */
function toStatus(text: string): ModelVersionStatus {
  return text === 'PENDING_REGISTRATION' || text === 'FAILED_REGISTRATION' ? text : 'READY';
}

const orderColumns: Readonly<Record<string, string>> = {
  name: 'v.name',
  version_number: 'v.version',
  creation_timestamp: 'v.creation_time',
  last_updated_timestamp: 'v.last_updated_time',
  run_id: 'v.run_id',
};

function orderSql(keys: readonly RowOrder[]): string {
  if (keys.length === 0) {
    return 'v.last_updated_time DESC, v.name ASC, v.version DESC';
  }
  const has = (name: string): boolean => keys.some(({ key }) => key === name);
  const parts = keys.map(({ key, ascending }) => {
    const column = Object.hasOwn(orderColumns, key) ? orderColumns[key] : undefined;
    if (column === undefined) {
      throw needsServer(`model versions are not sorted by ${key} here`);
    }
    return `${column} ${ascending ? 'ASC' : 'DESC'}`;
  });
  const ties = [
    ...(has('name') ? [] : ['v.name ASC']),
    ...(has('version_number') ? [] : ['v.version DESC']),
  ];
  return [...parts, ...ties].join(', ');
}
