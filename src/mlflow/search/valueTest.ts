import type { FilterComparison } from './filterComparison';
import { likePattern } from './likePattern';
import type { SearchDialect } from './searchDialect';

/** Whether a value, which is there, fits a comparison. */
export type ValueTest = (value: string | number) => boolean;

/** Numbers are compared exactly, `bigint` or not; NaN is unequal to everything and fits nothing else. */
export function valueTest(comparison: FilterComparison, { store }: SearchDialect): ValueTest {
  const { operator, value: wanted } = comparison;
  switch (operator) {
    case 'LIKE':
    case 'ILIKE': {
      const ignoreCase = operator === 'LIKE' ? 'no' : store === 'sql' ? 'ascii' : 'unicode';
      const test = likePattern(String(wanted), { ignoreCase, acrossLines: store === 'sql' });
      return (value) => test(String(value));
    }
    case 'IN':
    case 'NOT IN': {
      const all = new Set(typeof wanted === 'object' ? wanted : []);
      return (value) => all.has(String(value)) === (operator === 'IN');
    }
    case 'IS NULL':
    case 'IS NOT NULL':
      return () => operator === 'IS NOT NULL';
    default: {
      if (typeof wanted !== 'number' && typeof wanted !== 'bigint') {
        return (value) => (value === wanted) === (operator === '=');
      }
      const test = numberTests[operator];
      return (value) => typeof value === 'number' && test(value, wanted);
    }
  }
}

type NumberTest = (value: number, wanted: number | bigint) => boolean;

/** What `==` says of a number and a `bigint`. */
const isEqual: NumberTest = (value, wanted) => value >= wanted && value <= wanted;

const numberTests: Readonly<Record<'=' | '!=' | '<' | '<=' | '>' | '>=', NumberTest>> = {
  '=': isEqual,
  '!=': (value, wanted) => !isEqual(value, wanted),
  '<': (value, wanted) => value < wanted,
  '<=': (value, wanted) => value <= wanted,
  '>': (value, wanted) => value > wanted,
  '>=': (value, wanted) => value >= wanted,
};
