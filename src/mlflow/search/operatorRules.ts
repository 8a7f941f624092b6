import type { FilterEntity } from './filterComparison';
import { numericAttributes } from './keyRules';
import { pythonSet } from './pythonText';
import type { SearchDialect } from './searchDialect';
import { refuse, type Span } from './searchProblem';

const text = ['!=', '=', 'LIKE', 'ILIKE'] as const;
const listed = [...text, 'IN', 'NOT IN'] as const;
const numeric = ['>', '>=', '!=', '=', '<', '<='] as const;
const nullable = [...text, 'IS NULL', 'IS NOT NULL'] as const;
type Operator = (typeof listed)[number] | (typeof numeric)[number] | (typeof nullable)[number];

/** The left side of a comparison, and where its operator stands. */
export interface Operated {
  readonly entity: FilterEntity;
  /** Aliases resolved. */
  readonly key: string;
  readonly span: Span;
}

/** The operator, if what is compared may be compared so. */
export function readOperator(written: string, side: Operated, dialect: SearchDialect): Operator {
  const isDatabase = dialect.store === 'sql';
  // Experiments of a database are the one place where `like` is not `LIKE`.
  const operator = dialect.target === 'experiments' && isDatabase ? written : written.toUpperCase();
  const [allowed, message] = rule(operator, side, dialect);
  return allowed.find((one) => one === operator) ?? refuse(message, side.span);
}

type Rule = readonly [allowed: readonly Operator[], message: string];

function rule(operator: string, side: Operated, dialect: SearchDialect): Rule {
  const own = dialect.store === 'sql' ? databaseRule(operator, side, dialect) : undefined;
  return own ?? commonRule(operator, side, dialect);
}

/** Rules of the language itself; how the messages end differs in MLflow, too. */
function commonRule(operator: string, { entity, key }: Operated, dialect: SearchDialect): Rule {
  const invalid = (set: readonly string[], end: string): string =>
    `Invalid comparator '${operator}' not one of '${pythonSet(set)}${end}`;
  const strings = stringOperators(dialect);
  switch (entity) {
    case 'metric':
      return [numeric, invalid(numeric, '')];
    case 'param': {
      const allowed = dialect.version === 3 ? nullable : text;
      return [allowed, invalid(allowed, "'")];
    }
    case 'tag': {
      const { target, version } = dialect;
      const mayBeNull = version === 3 && (target === 'runs' || target === 'experiments');
      const allowed = mayBeNull ? nullable : text;
      return [allowed, invalid(allowed, '')];
    }
    case 'dataset':
      return [listed, invalid(listed, '')];
    case 'attribute':
      return numericAttributes[dialect.target].includes(key)
        ? [numeric, invalid(strings, '')]
        : [strings, invalid(strings, "'")];
  }
}

function stringOperators({ target, version }: SearchDialect): readonly Operator[] {
  return target === 'modelVersions' && version === 2 ? [...text, 'IN'] : listed;
}

/** Where the stores in databases have rules, or words, of their own. */
function databaseRule(
  operator: string,
  { entity, key }: Operated,
  dialect: SearchDialect,
): Rule | undefined {
  const { target, version } = dialect;
  if (target === 'runs') {
    return undefined;
  }
  if (entity === 'tag') {
    const allowed = version === 3 && target === 'experiments' ? nullable : text;
    return [allowed, `Invalid comparator for tag: ${operator}`];
  }
  if (target === 'experiments') {
    return key === 'experiment_id'
      ? [['=', '!=', 'IN', 'NOT IN'], `Invalid comparator for experiment_id: ${operator}`]
      : undefined;
  }
  if (key === 'version_number') {
    return [numeric, `Invalid comparator for attribute ${key}: ${operator}`];
  }
  const allowed = target === 'registeredModels' && version === 2 ? text : stringOperators(dialect);
  return [allowed, `Invalid comparator for attribute: ${operator}`];
}
