import type { SqlParameter } from './rows';

/** A piece of SQL with the values of its question marks. Texts from outside are values, never SQL. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlParameter[];
}

export function sql(text: string, ...values: readonly SqlParameter[]): Sql {
  return { text, values };
}

export function joinSql(parts: readonly Sql[], separator: string): Sql {
  return {
    text: parts.map(({ text }) => text).join(separator),
    values: parts.flatMap(({ values }) => values),
  };
}

/** A list as one value, for `IN (SELECT value FROM json_each(?))`. */
export function listValue(items: readonly (string | number)[]): string {
  return JSON.stringify(items);
}

/** `column` compared as MLflow's databases do (`SearchUtils.get_sql_comparison_func`). */
export function compareSql(
  column: string,
  operator: string,
  value: string | number | bigint | readonly string[] | undefined,
): Sql {
  if (typeof value === 'object') {
    return sql(`${column} ${operator} (SELECT value FROM json_each(?))`, JSON.stringify(value));
  }
  if (operator === 'ILIKE') {
    return sql(`lower(${column}) LIKE lower(?)`, value ?? null);
  }
  if (!plainOperators.includes(operator)) {
    throw new Error(`no such operator: ${operator}`);
  }
  return sql(`${column} ${operator} ?`, value ?? null);
}

const plainOperators = ['=', '!=', '<', '<=', '>', '>=', 'LIKE'];
