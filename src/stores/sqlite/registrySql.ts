import { needsServer } from '../local/refusals';
import type { Reader } from './openDatabase';
import type { Comparison } from './searchLanguage';
import { type Sql, compareSql, sql } from './sqlText';

type TagTable = 'registered_model_tags' | 'model_version_tags';
const promptTag = 'mlflow.prompt.is_prompt';
const itemOf = { registered_model_tags: 'm', model_version_tags: 'v' } as const;

/** The condition that a row of a registry table belongs to the one workspace that is read. */
export function inWorkspace({ schema }: Reader, table: string): string {
  return schema.workspaces ? `${table}.workspace = 'default'` : 'TRUE';
}

/** Prompts are registered models, or versions of one, that carry a tag. */
export function notPrompt(reader: Reader, table: TagTable): Sql {
  return sql(
    `NOT EXISTS (SELECT 1 FROM ${table} AS p WHERE p.name = ${itemOf[table]}.name AND p.key = ?
      AND lower(p.value) = 'true' AND ${inWorkspace(reader, 'p')})`,
    promptTag,
  );
}

/**
 * One comparison of a filter as a condition on the model `m` or the version `v`.
 *
 * @param columns the column of each attribute
 */
export function registryFilterSql(
  reader: Reader,
  { entity, key, operator, value }: Comparison,
  table: TagTable,
  columns: Readonly<Record<string, string>>,
): Sql[] {
  if (entity !== 'tag') {
    const column = Object.hasOwn(columns, key) ? columns[key] : undefined;
    if (column === undefined) {
      throw needsServer(`the registry is not searched by ${key} here`);
    }
    return [compareSql(column, operator, value)];
  }
  if (key === promptTag && !asksForPrompts(operator, value)) {
    // MLflow drops it: models have no such tag, and prompts are left out anyway.
    return [];
  }
  const item = itemOf[table];
  const sameVersion = table === 'model_version_tags' ? 'AND t.version = v.version' : '';
  const condition = compareSql('t.value', operator, value);
  return [
    sql(
      `EXISTS (SELECT 1 FROM ${table} AS t WHERE t.name = ${item}.name ${sameVersion} AND t.key = ?
        AND ${condition.text} AND ${inWorkspace(reader, 't')})`,
      key,
      ...condition.values,
    ),
  ];
}

function asksForPrompts(operator: string, value: Comparison['value']): boolean {
  const text = String(value).toLowerCase();
  return (operator === '=' && text === 'true') || (operator === '!=' && text === 'false');
}
