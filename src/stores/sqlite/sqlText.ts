import { invalid } from '../local/refusals';
import { type SqlParameter, greatestInteger, leastInteger } from './rows';

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
export function listValue(items: readonly (string | number | bigint)[]): string {
  const texts = items.map((item) =>
    typeof item === 'bigint' ? String(item) : JSON.stringify(item),
  );
  return `[${texts.join(',')}]`;
}

/** Texts that MLflow does not let anybody write are cut: one of them could take all memory. */
export function capped(column: string): string {
  return `iif(octet_length(${column}) > 4000000, substr(${column}, 1, 1000000), ${column})`;
}

/** `column` compared as MLflow's databases do (`SearchUtils.get_sql_comparison_func`). */
export function compareSql(
  column: string,
  operator: string,
  value: string | number | bigint | readonly string[] | undefined,
): Sql {
  if (typeof value === 'object') {
    return sql(`${column} ${operator} (SELECT value FROM json_each(?))`, listValue(value));
  }
  if (typeof value === 'bigint' && (value < leastInteger || value > greatestInteger)) {
    throw invalid(`the number ${value} is too large for a database`);
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
