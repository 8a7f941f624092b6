/** What a key of a filter belongs to. */
export type Entity = 'metrics' | 'params' | 'tags' | 'attributes' | 'datasets';

/** A key of a filter, as it was written so far. */
export interface WrittenKey {
  readonly entity: Entity;
  /** Without quotes. */
  readonly name: string;
}

/** The names that MLflow takes for an entity; the first is the one that is written. */
const names: Readonly<Record<Entity, readonly string[]>> = {
  metrics: ['metrics', 'metric'],
  params: ['params', 'param', 'parameters', 'parameter'],
  tags: ['tags', 'tag'],
  attributes: ['attributes', 'attribute', 'attr', 'run'],
  datasets: ['datasets', 'dataset'],
};

export const entities = Object.keys(names) as readonly Entity[];

/** Attributes of runs that a filter may name, as MLflow lists them. */
export const filterAttributes = [
  'run_name',
  'status',
  'start_time',
  'end_time',
  'user_id',
  'run_id',
  'artifact_uri',
] as const;

export const datasetKeys = ['name', 'digest', 'context'] as const;

/** Splits what was written into its entity and its key; without an entity it is an attribute, or not yet one. */
export function readKey(text: string): WrittenKey | undefined {
  const dot = text.indexOf('.');
  if (dot < 0) {
    const name = unquoted(text);
    return isAttribute(name) ? { entity: 'attributes', name } : undefined;
  }
  const prefix = text.slice(0, dot).toLowerCase();
  const entity = entities.find((each) => names[each].includes(prefix));
  return entity && { entity, name: unquoted(text.slice(dot + 1)) };
}

function isAttribute(name: string): boolean {
  return name === 'created' || filterAttributes.some((each) => each === name);
}

/** Without the quotes around it, of which the last may not have been written yet. */
function unquoted(text: string): string {
  const quote = text[0];
  if (quote !== '`' && quote !== '"') return text;
  const inside = text.slice(1);
  return inside.endsWith(quote) ? inside.slice(0, -1) : inside;
}

/** A key as MLflow reads it; `undefined` where it has no way to be written. */
export function writtenKey(entity: Entity, name: string): string | undefined {
  if (/^[A-Za-z_][\w.]*$/.test(name)) return `${entity}.${name}`;
  return name.includes('`') || name === '' ? undefined : `${entity}.\`${name}\``;
}

/** What a key's values are compared as. */
export type ValueKind = 'number' | 'text';

export function valueKind({ entity, name }: WrittenKey): ValueKind {
  if (entity === 'metrics') return 'number';
  const isTime = ['start_time', 'end_time', 'created'].includes(name);
  return entity === 'attributes' && isTime ? 'number' : 'text';
}

/** The operators that MLflow takes for a key. */
export function operatorsFor(key: WrittenKey, filterNull: boolean): readonly string[] {
  if (valueKind(key) === 'number') return ['>', '>=', '<', '<=', '=', '!='];
  const usual = ['=', '!=', 'LIKE', 'ILIKE'];
  switch (key.entity) {
    case 'params':
    case 'tags':
      return filterNull ? [...usual, 'IS NULL', 'IS NOT NULL'] : usual;
    case 'datasets':
      return [...usual, 'IN', 'NOT IN'];
    default:
      return key.name === 'run_id' ? [...usual, 'IN', 'NOT IN'] : usual;
  }
}

/** A text as a value of a filter; `undefined` where it holds both kinds of quotes, which MLflow has no way to write. */
export function writtenValue(text: string): string | undefined {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? undefined : `"${text}"`;
}
