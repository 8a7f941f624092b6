import { needsServer } from '../local/refusals';
import type { Comparison } from './searchLanguage';
import { type Sql, compareSql, sql } from './sqlText';

const attributeColumns: Readonly<Record<string, string>> = {
  run_id: 'run_uuid',
  user_id: 'user_id',
  status: 'status',
  start_time: 'start_time',
  end_time: 'end_time',
  artifact_uri: 'artifact_uri',
};

/** The column of `runs` for an attribute by which runs are filtered or sorted. */
export function runColumn(key: string): string {
  const column = Object.hasOwn(attributeColumns, key) ? attributeColumns[key] : undefined;
  if (column === undefined) {
    throw needsServer(`runs are not searched by ${key} here`);
  }
  return `runs.${column}`;
}

/** A condition on `runs` that holds where MLflow's database store of that version finds a run. */
export function runFilterSql(comparison: Comparison, version: 2 | 3): Sql {
  const { entity, key, operator, value } = comparison;
  switch (entity) {
    case 'attribute':
      // The column of names is empty for runs of MLflow 1.29 and before, so the tag counts.
      return key === 'run_name'
        ? ofRun('tags', 'mlflow.runName', compareSql('of.value', operator, value))
        : compareSql(runColumn(key), operator, value);
    case 'param':
    case 'tag': {
      const table = entity === 'param' ? 'params' : 'tags';
      if (operator === 'IS NULL' || operator === 'IS NOT NULL') {
        const present = ofRun(table, key, sql('1'));
        return operator === 'IS NULL' ? sql(`NOT ${present.text}`, ...present.values) : present;
      }
      return ofRun(table, key, compareSql('of.value', operator, value));
    }
    case 'metric':
      return ofRun('latest_metrics', key, metricSql(operator, value, version));
    case 'dataset':
      return datasetSql(comparison);
  }
}

function ofRun(table: 'params' | 'tags' | 'latest_metrics', key: string, condition: Sql): Sql {
  return sql(
    `EXISTS (SELECT 1 FROM ${table} AS of WHERE of.run_uuid = runs.run_uuid AND of.key = ? AND (${condition.text}))`,
    key,
    ...condition.values,
  );
}

/** NaN is written as 0 with a mark; MLflow 2 compares that 0. */
function metricSql(operator: string, value: Comparison['value'], version: 2 | 3): Sql {
  const { text, values } = compareSql('of.value', operator, value);
  if (version === 2) {
    return sql(text, ...values);
  }
  return operator === '!='
    ? sql(`${text} OR of.is_nan = 1`, ...values)
    : sql(`${text} AND of.is_nan = 0`, ...values);
}

function datasetSql({ key, operator, value }: Comparison): Sql {
  const isContext = key === 'context';
  const column = isContext ? 't.value' : key === 'digest' ? 'd.digest' : 'd.name';
  const tags = isContext
    ? `JOIN input_tags AS t ON t.input_uuid = i.input_uuid AND t.name = 'mlflow.data.context'`
    : '';
  const condition = compareSql(column, operator, value);
  return sql(
    `EXISTS (SELECT 1 FROM inputs AS i JOIN datasets AS d ON d.dataset_uuid = i.source_id ${tags}
      WHERE i.destination_id = runs.run_uuid AND ${condition.text})`,
    ...condition.values,
  );
}
