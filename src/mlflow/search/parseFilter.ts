import type { FilterComparison, FilterParse, FilterValue } from './filterComparison';
import { type Clause, findClauses } from './findClauses';
import { filterAttributes, resolveAlias } from './keyRules';
import { readOperator } from './operatorRules';
import { type Key, readKey } from './readKey';
import { readValue } from './readValue';
import type { SearchDialect } from './searchDialect';
import { giveUp, orProblem, refuse, type Span } from './searchProblem';
import { storedValue } from './storedValue';

/**
 * Reads a filter as MLflow does (`mlflow/utils/search_utils.py` and the stores' own checks). A
 * refusal has MLflow's words; it differs in three ways: sets of names are sorted, words that only
 * SQL knows may be called names, and where MLflow fails with an error that is not its own (for a
 * list without quotes, say), the words are ours.
 */
export function parseFilter(text: string, dialect: SearchDialect): FilterParse {
  return orProblem(() => {
    const clauses = text === '' ? [] : findClauses(text, dialect);
    const sides = clauses.map((clause) => readSides(clause, dialect));
    return { kind: 'filter', comparisons: sides.map((side) => check(side, dialect)) };
  });
}

/** A comparison whose operator is not looked at yet: MLflow reads all keys and values before. */
interface Sides {
  readonly clause: Clause;
  readonly key: Key;
  readonly value: FilterValue;
}

function readSides(clause: Clause, dialect: SearchDialect): Sides {
  const { target } = dialect;
  const { left, right } = clause;
  if (left.kind !== 'identifier') {
    refuse(`Invalid comparison clause. Expected 'Identifier' found '${left.text}'`, left);
  }
  if (right === undefined && (target === 'registeredModels' || target === 'modelVersions')) {
    refuse('not enough values to unpack (expected 3, got 2)', clause.operator);
  }
  const quotedAttributes = target === 'runs' || target === 'experiments';
  const key = readKey(left.text, left, dialect, filterAttributes(dialect), quotedAttributes);
  if (right === undefined) {
    checkNull(key, clause, dialect);
  }
  return { clause, key, value: right && readValue(right, key, dialect) };
}

/** IS NULL fits params and tags of runs, and tags of experiments. */
function checkNull({ entity, key }: Key, clause: Clause, { target }: SearchDialect): void {
  const span = { start: clause.left.start, end: clause.operator.end };
  if (target === 'runs' && entity !== 'param' && entity !== 'tag') {
    refuse(
      `IS NULL / IS NOT NULL is only supported for tags and params, not for '${entity}' '${key}'`,
      span,
    );
  }
  if (target === 'experiments' && entity !== 'tag') {
    refuse(`IS NULL / IS NOT NULL is only supported for tags, not for attribute '${key}'`, span);
  }
}

function check({ clause, key, value }: Sides, dialect: SearchDialect): FilterComparison {
  const { left, operator, right } = clause;
  const resolved = resolveAlias(key.key, dialect);
  const span: Span = { start: operator.start, end: operator.end };
  const written = { entity: key.entity, key: resolved, span };
  const read = readOperator(operator.text, written, dialect);
  if (typeof value === 'object' && read !== 'IN' && read !== 'NOT IN') {
    // Python compares a list with a text, and no database can.
    giveUp({ start: left.start, end: right?.end ?? operator.end });
  }
  return {
    entity: key.entity,
    key: resolved,
    operator: read,
    value:
      right && key.entity === 'attribute' ? storedValue(resolved, value, right, dialect) : value,
    spans: {
      entity: key.entitySpan,
      key: key.keySpan,
      operator: span,
      value: right && { start: right.start, end: right.end },
    },
  };
}
