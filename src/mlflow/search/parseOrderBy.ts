import type { FilterEntity } from './filterComparison';
import { groupItems } from './groupItems';
import { orderAttributes, resolveAlias } from './keyRules';
import { pythonList, pythonSet } from './pythonText';
import { readItems } from './readItems';
import { readKey } from './readKey';
import type { SearchDialect } from './searchDialect';
import { orProblem, refuse, type SearchProblem, type Span } from './searchProblem';
import { shellWords } from './shellWords';

/** One thing that rows are ordered by. */
export interface RowOrder {
  readonly entity: Exclude<FilterEntity, 'dataset'>;
  /** Without quotes, aliases resolved; `timestamp` of models is `last_updated_timestamp`. */
  readonly key: string;
  readonly ascending: boolean;
}

export interface Orders {
  readonly kind: 'orders';
  readonly orders: readonly RowOrder[];
}

/** Orders, or the problem with one of the clauses, in which its span is. */
export type OrderByParse = Orders | (SearchProblem & { readonly clause: number });

/** Reads `order_by` as MLflow does: one clause a text, `metrics.rmse DESC`, the first counts most. */
export function parseOrderBy(clauses: readonly string[], dialect: SearchDialect): OrderByParse {
  const orders: RowOrder[] = [];
  const indices = [...clauses.keys()];
  const { target, store } = dialect;
  // Folders sort by the last clause first, so that its problem is the one that is told.
  for (const index of target === 'runs' && store === 'files' ? indices.reverse() : indices) {
    const clause = clauses[index] ?? '';
    const order = orProblem(() => {
      const read = readClause(clause, dialect);
      refuseTwice(read, orders, clauses, { start: 0, end: clause.length }, dialect);
      return read;
    });
    if ('kind' in order) {
      return { ...order, clause: index };
    }
    orders[index] = order;
  }
  return { kind: 'orders', orders };
}

function readClause(clause: string, dialect: SearchDialect): RowOrder {
  const whole = { start: 0, end: clause.length };
  const written = wholeClause(clause);
  const words = shellWords(written) ?? refuse('No closing quotation', whole);
  if (words.length > 2) {
    cannotBeParsed(clause);
  }
  const [first = '', direction] = words;
  if (direction !== undefined && !/^(?:asc|desc)$/i.test(direction)) {
    refuse(`Invalid ordering key in order_by clause '${clause}'.`, whole);
  }
  const ascending = direction?.toLowerCase() !== 'desc';
  return {
    ...readSubject((direction === undefined ? written : first).trim(), whole, dialect),
    ascending,
  };
}

/** A clause has to be a single identifier for SQL, together with its direction. */
function wholeClause(clause: string): string {
  const items = groupItems(clause, readItems(clause));
  const [first, second] = items;
  const isWhole = first?.start === 0 && items.at(-1)?.end === clause.length;
  if (!first || !isWhole || items.length > 2) {
    return cannotBeParsed(clause);
  }
  const isTimestamp = first.kind === 'builtin' && first.text === 'timestamp';
  if (second === undefined && (first.kind === 'identifier' || isTimestamp)) {
    return clause;
  }
  return second?.kind === 'order' && isTimestamp ? clause : cannotBeParsed(clause);
}

function cannotBeParsed(clause: string): never {
  const span = { start: 0, end: clause.length };
  return refuse(`Invalid order_by clause '${clause}'. Could not be parsed.`, span);
}

type Subject = Omit<RowOrder, 'ascending'>;

function readSubject(written: string, span: Span, dialect: SearchDialect): Subject {
  const { target, store } = dialect;
  if (target === 'registeredModels' && store === 'sql') {
    return readModelSubject(written, span);
  }
  const { entity, key } = readKey(written, span, dialect, orderAttributes(dialect), true);
  if (target === 'runs') {
    return entity === 'dataset'
      ? refuse(
          store === 'sql'
            ? `Invalid identifier type 'dataset'`
            : `Invalid order_by entity type 'dataset'`,
          span,
        )
      : { entity, key: resolveAlias(key, dialect) };
  }
  // Versions in a database are sorted by `tags.name` as if it were `name`.
  if (target === 'modelVersions' && store === 'sql') {
    return orderAttributes(dialect).includes(key)
      ? { entity: 'attribute', key }
      : refuse(
          `Invalid order by key '${key}' specified. Valid keys are ${pythonSet(orderAttributes(dialect))}`,
          span,
        );
  }
  return entity === 'attribute'
    ? { entity, key }
    : refuse(`Invalid order_by entity: ${entity}`, span);
}

function readModelSubject(written: string, span: Span): Subject {
  if (written === 'name') {
    return { entity: 'attribute', key: 'name' };
  }
  if (written === 'timestamp' || written === 'last_updated_timestamp') {
    return { entity: 'attribute', key: 'last_updated_timestamp' };
  }
  const valid = pythonSet(['name', 'timestamp']);
  return refuse(`Invalid order by key '${written}' specified. Valid keys are '${valid}'`, span);
}

/** Databases take each thing once, but for experiments. */
function refuseTwice(
  { entity, key }: RowOrder,
  before: readonly RowOrder[],
  clauses: readonly string[],
  span: Span,
  { target, store }: SearchDialect,
): void {
  const isThere = before.some((other) => other.entity === entity && other.key === key);
  if (isThere && store === 'sql' && target !== 'experiments') {
    refuse(`\`order_by\` contains duplicate fields: ${pythonList(clauses)}`, span);
  }
}
