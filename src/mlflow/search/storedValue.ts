import type { FilterValue } from './filterComparison';
import type { Item } from './filterItem';
import { pythonFloat, pythonRepr } from './pythonText';
import type { SearchDialect } from './searchDialect';
import { giveUp, refuse } from './searchProblem';

/**
 * What the store compares an attribute with: integers may be written as texts, and stores differ in
 * what they make of fractions.
 *
 * @param value as it was read from `item`
 */
export function storedValue(
  key: string,
  value: FilterValue,
  item: Item,
  dialect: SearchDialect,
): FilterValue {
  if (key === 'experiment_id' && dialect.store === 'sql') {
    return typeof value === 'object'
      ? value.map((id) => experimentId(id, item))
      : experimentId(String(value), item);
  }
  if (key === 'version_number') {
    return typeof value === 'string'
      ? versionOfText(value, item, dialect)
      : versionOfNumber(value, item, dialect);
  }
  if (item.kind === 'float') {
    refuseFraction(key, item, dialect);
  }
  return value;
}

function experimentId(text: string, item: Item): string {
  const id = integerOf(text);
  return id === undefined
    ? refuse(`Invalid experiment ID '${text}'. Experiment ID must be a valid integer.`, item)
    : String(id);
}

/** Databases of MLflow 2, which get the text as it is, are left to themselves. */
function versionOfText(text: string, item: Item, { store, version }: SearchDialect): bigint {
  const integer = integerOf(text);
  if (store === 'sql' && version === 2) {
    return integer !== undefined && /^\d+$/.test(text) ? integer : giveUp(item);
  }
  return (
    integer ??
    refuse(
      store === 'sql'
        ? `Invalid value for numeric attribute 'version_number': ${pythonRepr(text)}`
        : `invalid literal for int() with base 10: ${pythonRepr(text)}`,
      item,
    )
  );
}

function versionOfNumber(
  value: FilterValue,
  item: Item,
  { store, version }: SearchDialect,
): FilterValue {
  if (typeof value !== 'number' || item.kind !== 'float') {
    return value;
  }
  if (store === 'files') {
    return Math.trunc(value);
  }
  return version === 2
    ? value
    : refuse(`Invalid value for numeric attribute 'version_number': ${pythonFloat(value)}`, item);
}

/** Two stores take whole numbers only, and `1e3` is none. */
function refuseFraction(key: string, item: Item, { target, store, version }: SearchDialect): void {
  if (target === 'runs' && store === 'files' && version === 2) {
    refuse(`invalid literal for int() with base 10: '${item.text}'`, item);
  }
  if (target === 'experiments' && store === 'sql' && version === 3) {
    const value = pythonFloat(Number(item.text));
    refuse(`Invalid value for numeric attribute '${key}': '${value}'`, item);
  }
}

/** Python's `int` of a text. */
function integerOf(text: string): bigint | undefined {
  const digits = /^\s*([+-]?\d+(?:_\d+)*)\s*$/.exec(text)?.[1]?.replaceAll('_', '');
  return digits === undefined ? undefined : BigInt(digits.replace('+', ''));
}
