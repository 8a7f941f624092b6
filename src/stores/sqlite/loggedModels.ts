import type { LoggedModel } from '../../mlflow/model';
import type { LoggedModelQuery, Page } from '../../mlflow/trackingStore';
import { pageOffset, pageToken } from '../local/paging';
import { missing, needsServer } from '../local/refusals';
import type { Reading } from './database';
import { experimentNumber } from './findRuns';
import type { Reader } from './openDatabase';
import { type Row, toMetricValue, toOptionalText, toStep, toText, toTime } from './rows';
import { type Sql, listValue, sql } from './sqlText';

const columns = `model_id, experiment_id, name, artifact_location, status, model_type, source_run_id,
  creation_timestamp_ms, last_updated_timestamp_ms`;
const modelsAtOnce = 200;
/** MLflow's numbers for them (`LoggedModelStatus`). */
const statuses = ['UNSPECIFIED', 'PENDING', 'READY', 'FAILED'];

/** Newest first. Rejects with `unsupported` (`feature`) where a filter is given: its language is another one. */
export function* searchLoggedModels(
  reader: Reader,
  query: LoggedModelQuery,
): Reading<Page<LoggedModel>> {
  checkSchema(reader);
  if (query.filter !== undefined && query.filter !== '') {
    throw needsServer('logged models are filtered by an MLflow server');
  }
  const offset = pageOffset(query.pageToken);
  const condition = sql(
    'experiment_id IN (SELECT value FROM json_each(?))',
    listValue(query.experimentIds.map(experimentNumber)),
  );
  const items: LoggedModel[] = [];
  while (items.length <= query.maxResults) {
    const wanted = Math.min(modelsAtOnce, query.maxResults + 1 - items.length);
    const found = modelsWith(reader, condition, wanted, offset + items.length);
    items.push(...found);
    yield;
    if (found.length < wanted) {
      return { items, nextPageToken: undefined };
    }
  }
  return {
    items: items.slice(0, query.maxResults),
    nextPageToken: pageToken(offset + query.maxResults),
  };
}

export function* readLoggedModel(reader: Reader, id: string): Reading<LoggedModel> {
  checkSchema(reader);
  const [model] = modelsWith(reader, sql('model_id = ?', id), 1, 0);
  if (model === undefined) {
    throw missing(`Logged model with ID '${id}' not found.`);
  }
  yield;
  return model;
}

function checkSchema({ schema }: Reader): void {
  if (!schema.loggedModels) {
    throw needsServer('the database was made by MLflow 2, which has no logged models');
  }
}

function modelsWith(reader: Reader, condition: Sql, limit: number, offset: number): LoggedModel[] {
  const rows = reader.rows(
    `SELECT ${columns} FROM logged_models WHERE lifecycle_stage <> 'deleted' AND ${condition.text}
      ORDER BY creation_timestamp_ms DESC, model_id LIMIT ? OFFSET ?`,
    ...condition.values,
    limit,
    offset,
  );
  const ids = listValue(rows.map(([id]) => toText(id)));
  const ofModels = (table: string, fields: string): Row[][] => {
    const lists = rows.map((): Row[] => []);
    for (const [index, ...row] of reader.rows(
      `SELECT j.key, ${fields} FROM json_each(?) AS j CROSS JOIN ${table} AS t ON t.model_id = j.value`,
      ids,
    )) {
      lists[Number(index)]?.push(row);
    }
    return lists;
  };
  const params = ofModels('logged_model_params', 't.param_key, t.param_value');
  const tags = ofModels('logged_model_tags', 't.tag_key, t.tag_value');
  const metricFields = 't.metric_name, t.metric_value, t.metric_timestamp_ms, t.metric_step';
  const metrics = ofModels('logged_model_metrics', metricFields);
  return rows.map((row, index) => ({
    ...toModel(row),
    params: (params[index] ?? []).map(toKeyValue),
    metrics: (metrics[index] ?? []).map(toMetric),
    tags: (tags[index] ?? []).map(toKeyValue),
  }));
}

function toModel(row: Row) {
  const [id, experimentId, name, location, status, type, sourceRunId, created, updated] = row;
  return {
    id: toText(id),
    experimentId: toText(experimentId),
    name: toText(name) || toText(id),
    artifactUri: toText(location),
    status: statuses[Number(status)] ?? '',
    modelType: toText(type),
    sourceRunId: toOptionalText(sourceRunId),
    creationTime: toTime(created),
    lastUpdatedTime: toTime(updated),
  };
}

function toKeyValue([key, value]: Row) {
  return { key: toText(key), value: toText(value) };
}

function toMetric([key, value, timestamp, step]: Row) {
  return {
    key: toText(key),
    value: toMetricValue(value, undefined),
    timestamp: toTime(timestamp) ?? 0,
    step: toStep(step),
  };
}
