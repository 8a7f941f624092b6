import type { FilterValue } from './filterComparison';
import type { Item } from './filterItem';
import { listAttributes, numericAttributes } from './keyRules';
import { pythonList, pythonSet } from './pythonText';
import { isQuoted, type Key, trimQuotes } from './readKey';
import { readList } from './readList';
import type { SearchDialect } from './searchDialect';
import { giveUp, refuse } from './searchProblem';

const isNumber = (item: Item): boolean => item.kind === 'integer' || item.kind === 'float';
const isText = (item: Item): boolean => item.kind === 'string' || item.kind === 'identifier';

/** Reads the right side of a comparison, as the kind of its left side demands. */
export function readValue(item: Item, { entity, key }: Key, dialect: SearchDialect): FilterValue {
  switch (entity) {
    case 'metric':
      return isNumber(item)
        ? Number(item.text)
        : refuse(`Expected numeric value type for metric. Found ${item.text}`, item);
    case 'param':
    case 'tag': {
      const name = entity === 'param' ? 'parameter' : 'tag';
      return isText(item)
        ? readText(item)
        : refuse(
            `Expected a quoted string value for ${name} (e.g. 'my-value'). Got value ${item.text}`,
            item,
          );
    }
    case 'dataset':
      if (item.kind === 'parenthesis') {
        return readList(item, dialect);
      }
      return isText(item)
        ? readText(item)
        : refuse(
            `Expected a quoted string value for dataset attributes. Got value ${item.text}`,
            item,
          );
    case 'attribute':
      return readAttributeValue(item, key, dialect);
  }
}

function readAttributeValue(item: Item, key: string, dialect: SearchDialect): FilterValue {
  const { target } = dialect;
  const isNumeric = numericAttributes[target].includes(key);
  if (isNumeric && (target === 'runs' || target === 'experiments')) {
    return isNumber(item)
      ? readNumber(item, dialect)
      : refuse(
          `Expected numeric value type for numeric attribute: ${key}. Found ${item.text}`,
          item,
        );
  }
  if (isText(item)) {
    return readText(item);
  }
  if (item.kind === 'parenthesis') {
    checkListed(item, key, dialect);
    return readList(item, dialect);
  }
  if (target === 'modelVersions' && isNumber(item)) {
    return isNumeric
      ? readNumber(item, dialect)
      : refuse(
          `Only the '${pythonSet(numericAttributes.modelVersions)}' attributes support comparison with numeric values.`,
          item,
        );
  }
  return refuse(
    target === 'registeredModels' || target === 'modelVersions'
      ? `Expected a quoted string value or a list of quoted string values for attributes. Got value ${item.text}`
      : `Expected a quoted string value for attributes. Got value ${item.text}`,
    item,
  );
}

function checkListed(item: Item, key: string, dialect: SearchDialect): void {
  const listed = listAttributes(dialect);
  if (!listed.includes(key)) {
    refuse(
      dialect.version === 2
        ? "Only the 'run_id' attribute supports comparison with a list of quoted string values."
        : `Only ${pythonList([...listed].sort())} attributes support comparison with a list of quoted string values.`,
      item,
    );
  }
}

function readText(item: Item): string {
  return isQuoted(item.text)
    ? trimQuotes(item.text)
    : refuse(
        `Parameter value is either not quoted or unidentified quote types used for string value ${item.text}. Use either single or double quotes.`,
        item,
      );
}

const largest = 2n ** 63n;

/** A number; `bigint` where a `number` would not be exact. */
function readNumber(item: Item, { store }: SearchDialect): number | bigint {
  const value = Number(item.text);
  if (item.kind === 'float' || Number.isSafeInteger(value)) {
    return value;
  }
  const exact = BigInt(item.text);
  // What a database makes of more than 64 bits differs from one to the next.
  return store === 'files' || (exact < largest && exact >= -largest) ? exact : giveUp(item);
}
