import type { FilterEntity } from './filterComparison';
import { datasetAttributes } from './keyRules';
import { pythonSet } from './pythonText';
import type { SearchDialect } from './searchDialect';
import { refuse, type Span } from './searchProblem';

/** What a comparison or an order speaks of. */
export interface Key {
  readonly entity: FilterEntity;
  /** Without quotes, aliases as they are written. */
  readonly key: string;
  readonly entitySpan: Span | undefined;
  readonly keySpan: Span;
}

const runEntities: Readonly<Record<string, FilterEntity>> = {
  metric: 'metric',
  metrics: 'metric',
  parameter: 'param',
  parameters: 'param',
  param: 'param',
  params: 'param',
  tag: 'tag',
  tags: 'tag',
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
  dataset: 'dataset',
  datasets: 'dataset',
};
const otherEntities: Readonly<Record<string, FilterEntity>> = {
  attribute: 'attribute',
  tag: 'tag',
  tags: 'tag',
};

/**
 * Reads `entity.key`, or a key alone, which is an attribute.
 *
 * @param written as in the text, quotes included, at `at`
 * @param attributes the attributes that may be named
 * @param quotedAttributes whether an attribute may stand in quotes
 */
export function readKey(
  written: string,
  at: Span,
  dialect: SearchDialect,
  attributes: readonly string[],
  quotedAttributes: boolean,
): Key {
  const dot = written.indexOf('.');
  const entity =
    dot < 0
      ? 'attribute'
      : entityOf(written.slice(0, dot), { start: at.start, end: at.start + dot }, dialect);
  const keySpan = { start: at.start + dot + 1, end: at.end };
  const raw = written.slice(dot + 1);
  const key = trimBackticks(trimQuotes(raw));
  const named = quotedAttributes ? key : raw;
  if (entity === 'attribute' && !attributes.includes(named)) {
    refuse(
      `Invalid attribute key '${named}' specified. Valid keys are '${pythonSet(attributes)}'`,
      keySpan,
    );
  }
  if (entity === 'dataset' && !datasetAttributes.includes(key)) {
    const valid = pythonSet(datasetAttributes);
    refuse(`Invalid dataset key '${key}' specified. Valid keys are '${valid}'`, keySpan);
  }
  const entitySpan = dot < 0 ? undefined : { start: at.start, end: at.start + dot };
  return { entity, key, entitySpan, keySpan };
}

function entityOf(written: string, span: Span, { target }: SearchDialect): FilterEntity {
  const known = target === 'runs' ? runEntities : otherEntities;
  const name = target === 'runs' ? trimBackticks(written) : written;
  const entity = Object.hasOwn(known, name) ? known[name] : undefined;
  if (entity) {
    return entity;
  }
  return refuse(
    target === 'runs'
      ? `Invalid entity type '${name}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`
      : `Invalid entity type '${name}'. Valid entity types are ('attribute', 'tag', 'tags')`,
    span,
  );
}

function isWrapped(text: string, mark: string): boolean {
  return text.length >= 2 && text.startsWith(mark) && text.endsWith(mark);
}

/** Without its single or double quotes, if it has them. Nothing is escaped inside quotes. */
export function trimQuotes(text: string): string {
  return isQuoted(text) ? text.slice(1, -1) : text;
}

export function isQuoted(text: string): boolean {
  return isWrapped(text, "'") || isWrapped(text, '"');
}

function trimBackticks(text: string): string {
  return isWrapped(text, '`') ? text.slice(1, -1) : text;
}
