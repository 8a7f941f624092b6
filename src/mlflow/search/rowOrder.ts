import { compareText } from './compareText';
import type { RowOrder } from './parseOrderBy';
import { type Field, rowFields, type RowFields, valueOf } from './rowFields';
import type { RowOf, SearchDialect, SearchTarget } from './searchDialect';

type Compare<Row> = (a: Row, b: Row) => number;

/**
 * Compares rows as MLflow orders them. Texts go by code points, params and tags are texts.
 *
 * Runs: what has no value comes last in both directions, NaN just before; ties go to the newest, then
 * to the smaller id. The others: what has no value comes last too, but first where a database sorts
 * upwards; ties go to the larger id of an experiment, to the smaller name, to the newer version.
 */
export function rowOrder<Target extends SearchTarget>(
  orders: readonly RowOrder[],
  dialect: SearchDialect<Target>,
): Compare<RowOf[Target]> {
  const fields: RowFields<RowOf[Target]> = rowFields[dialect.target];
  const compares = withTies(orders, dialect.target).map((order) =>
    compareBy(order, fields, dialect),
  );
  return (a, b) => {
    for (const compare of compares) {
      const result = compare(a, b);
      if (result !== 0) {
        return result;
      }
    }
    return 0;
  };
}

const by = (key: string, ascending: boolean): RowOrder => ({ entity: 'attribute', key, ascending });

/** The orders, or else those that MLflow takes when there are none, and its tie-breakers. */
function withTies(orders: readonly RowOrder[], target: SearchTarget): readonly RowOrder[] {
  const isEmpty = orders.length === 0;
  switch (target) {
    case 'runs':
      return [...orders, by('start_time', false), by('run_id', true)];
    case 'experiments':
      return isEmpty
        ? [by('creation_time', false), by('experiment_id', true)]
        : [...orders, by('experiment_id', false)];
    case 'registeredModels':
      return [...orders, by('name', true)];
    case 'modelVersions':
      return [
        ...(isEmpty ? [by('last_updated_timestamp', false)] : orders),
        ...[by('name', true), by('version_number', false)],
      ];
  }
}

function compareBy<Row>(
  { entity, key, ascending }: RowOrder,
  fields: RowFields<Row>,
  { target, store }: SearchDialect,
): Compare<Row> {
  const read = {
    attribute: (row: Row): Field => fields.attribute(row, key),
    tag: (row: Row) => valueOf(fields.tags(row), key),
    param: (row: Row) => valueOf(fields.params?.(row), key),
    metric: (row: Row) => fields.metrics?.(row).find((metric) => metric.key === key)?.value,
  }[entity];
  const isNumericId = key === 'experiment_id' && store === 'sql';
  const compare = isNumericId ? compareIds : compareValues;
  const missing = target !== 'runs' && store === 'sql' && ascending ? -1 : 1;
  const rank = (value: Field): number =>
    value === undefined ? 2 * missing : Number.isNaN(value) ? 1 : 0;
  return (a, b) => {
    const left = read(a);
    const right = read(b);
    const difference = rank(left) - rank(right);
    if (difference !== 0 || left === undefined || right === undefined || Number.isNaN(left)) {
      return difference;
    }
    return ascending ? compare(left, right) : compare(right, left);
  };
}

function compareValues(a: string | number, b: string | number): number {
  return typeof a === 'string' && typeof b === 'string'
    ? compareText(a, b)
    : a < b
      ? -1
      : Number(a > b);
}

/** Decimal texts, of any length, as the numbers they are. */
function compareIds(a: string | number, b: string | number): number {
  const [left, right] = [String(a), String(b)];
  return left.length - right.length || compareText(left, right);
}
