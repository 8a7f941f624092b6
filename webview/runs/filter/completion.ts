import * as l10n from '@vscode/l10n';
import type { Piece } from './clauses';
import { piecesOf } from './clauses';
import type { Entity, WrittenKey } from './filterKeys';
import {
  datasetKeys,
  entities,
  filterAttributes,
  operatorsFor,
  readKey,
  valueKind,
  writtenKey,
  writtenValue,
} from './filterKeys';

/** What the loaded runs have, for completing what is typed. */
export interface FilterWords {
  /** Keys that any run has. */
  keysOf(kind: 'metrics' | 'params' | 'tags'): readonly string[];
  /** Different texts that runs have of a key, the most frequent ones first. */
  valuesOf(key: WrittenKey): readonly string[];
  /** Numbers worth comparing with: least, middle and greatest of what runs have, and points in time. */
  numbersOf(key: WrittenKey): readonly { readonly text: string; readonly detail: string }[];
  /** Whether filters may say `IS NULL`. */
  readonly filterNull: boolean;
}

export interface Suggestion {
  /** What is written in place of the stretch from {@link Completion.start}. */
  readonly text: string;
  /** What it is, for people: beside it. */
  readonly detail: string;
}

export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly suggestions: readonly Suggestion[];
  /** Whether Enter takes the first one: where what was typed can only be the beginning of it. */
  readonly isSure: boolean;
}

const mostShown = 50;
const longestValue = 200;

/** What can be written where the caret is; `undefined` where nothing is known. */
export function completionAt(
  text: string,
  caret: number,
  words: FilterWords,
): Completion | undefined {
  const pieces = piecesOf(text);
  const index = pieces.findIndex(({ start, end }) => start < caret && caret <= end);
  const touched = pieces[index];
  const before = touched ? pieces.slice(0, index) : pieces.filter(({ end }) => end <= caret);
  // A finished piece is behind us, unless the caret is inside it.
  const current = touched && isOpen(touched, caret) ? touched : undefined;
  // What follows a value or a parenthesis stands apart from it.
  if (touched && !current && ['value', 'close'].includes(touched.kind)) return undefined;
  const known = current || !touched ? before : [...before, touched];
  const start = current?.start ?? caret;
  const prefix = text.slice(start, caret);
  const end = current?.end ?? caret;
  const found = suggest(known, prefix, words);
  const others = found.filter((each) => each.text.trim() !== text.slice(start, end));
  // Who wrote one of them to its end means that one.
  const isWhole = others.length < found.length;
  if (others.length === 0) return undefined;
  // Behind `<` no blank has been written yet.
  const isTight = start > 0 && start === caret && /[=<>!]/.test(text[start - 1] ?? '');
  const suggestions = isTight
    ? others.map(({ text: written, detail }) => ({ text: ` ${written}`, detail }))
    : others;
  // At the beginning it may be a part of a name, for which nothing need be known.
  const isName = known.length === 0 && !prefix.includes('.');
  return {
    start,
    end,
    suggestions: suggestions.slice(0, mostShown),
    isSure: prefix !== '' && !isName && !isWhole,
  };
}

/** Whether a piece is still being written: operators of signs and closed quotes are finished by themselves. */
function isOpen({ kind, text, end }: Piece, caret: number): boolean {
  if (caret < end) return true;
  if (kind === 'operator') return !/^[=<>!]/.test(text) || text === '!';
  if (kind === 'value') return !/^(?:'.*'|".*"|\(.*\))$/s.test(text) || text.length === 1;
  return kind !== 'open' && kind !== 'close';
}

function suggest(
  before: readonly Piece[],
  prefix: string,
  words: FilterWords,
): readonly Suggestion[] {
  const last = before.at(-1);
  switch (last?.kind) {
    case undefined:
    case 'open':
    case 'word':
      return keys(prefix, words);
    case 'key':
      return operators(last, prefix, words);
    case 'operator': {
      const key = before.findLast(({ kind }) => kind === 'key');
      if (/null$/i.test(last.text)) return joins(prefix);
      return key ? values(key, last, prefix, words) : [];
    }
    case 'value':
    case 'close':
      return joins(prefix);
  }
}

function joins(prefix: string): readonly Suggestion[] {
  return matching(['AND'], prefix).map((text) => ({ text: `${text} `, detail: l10n.t('and') }));
}

const details: Readonly<Record<Entity, () => string>> = {
  metrics: () => l10n.t('metric'),
  params: () => l10n.t('parameter'),
  tags: () => l10n.t('tag'),
  attributes: () => l10n.t('attribute'),
  datasets: () => l10n.t('dataset'),
};

function keys(prefix: string, words: FilterWords): readonly Suggestion[] {
  const dot = prefix.indexOf('.');
  const entity = dot < 0 ? undefined : readKey(prefix)?.entity;
  if (entity) return keysOf(entity, prefix.slice(dot + 1).replace(/^[`"]|[`"]$/g, ''), words);
  const starts = matching(
    entities.map((each) => `${each}.`),
    prefix,
  ).map((text) => ({ text, detail: details[text.slice(0, -1) as Entity]() }));
  if (prefix === '') return starts;
  const found = (['metrics', 'params', 'attributes', 'tags'] as const).flatMap((each) =>
    keysOf(each, prefix, words).slice(0, 20),
  );
  return [...starts, ...found];
}

function keysOf(entity: Entity, prefix: string, words: FilterWords): readonly Suggestion[] {
  const names =
    entity === 'attributes'
      ? filterAttributes
      : entity === 'datasets'
        ? datasetKeys
        : words.keysOf(entity);
  return matching(names, prefix)
    .slice(0, mostShown)
    .flatMap((name) => {
      const written = writtenKey(entity, name);
      return written === undefined ? [] : { text: `${written} `, detail: details[entity]() };
    });
}

function operators(key: Piece, prefix: string, words: FilterWords): readonly Suggestion[] {
  const read = readKey(key.text);
  if (!read) return [];
  return matching(operatorsFor(read, words.filterNull), prefix).map((operator) => ({
    text: `${operator} `,
    detail: operatorText(operator),
  }));
}

function operatorText(operator: string): string {
  const texts: Readonly<Record<string, () => string>> = {
    '=': () => l10n.t('is'),
    '!=': () => l10n.t('is not'),
    '>': () => l10n.t('more than'),
    '>=': () => l10n.t('at least'),
    '<': () => l10n.t('less than'),
    '<=': () => l10n.t('at most'),
    LIKE: () => l10n.t('fits a pattern of % and _'),
    ILIKE: () => l10n.t('fits a pattern, in any case'),
    IN: () => l10n.t('is one of'),
    'NOT IN': () => l10n.t('is none of'),
    'IS NULL': () => l10n.t('the run has none'),
    'IS NOT NULL': () => l10n.t('the run has one'),
  };
  return texts[operator]?.() ?? '';
}

function values(
  key: Piece,
  operator: Piece,
  prefix: string,
  words: FilterWords,
): readonly Suggestion[] {
  const read = readKey(key.text);
  if (!read) return [];
  if (valueKind(read) === 'number') {
    if (prefix !== '') return [];
    return words.numbersOf(read).map(({ text, detail }) => ({ text: `${text} `, detail }));
  }
  const isList = /in$/i.test(operator.text);
  const isPattern = /like$/i.test(operator.text);
  const typed = prefix.replace(/^\(?\s*['"]?%?/, '').replace(/%?['"]?$/, '');
  const texts = words.valuesOf(read).filter((text) => text.length <= longestValue);
  return matching(texts, typed)
    .slice(0, mostShown)
    .flatMap((text) => {
      const written = writtenValue(isPattern ? `%${text}%` : text);
      if (written === undefined) return [];
      return { text: isList ? `(${written}) ` : `${written} `, detail: '' };
    });
}

/** Those that begin with what was typed, then those that hold it, in any case. */
function matching(texts: readonly string[], typed: string): readonly string[] {
  if (typed === '') return texts;
  const wanted = typed.toLowerCase();
  const [starting, holding]: [string[], string[]] = [[], []];
  for (const text of texts) {
    const place = text.toLowerCase().indexOf(wanted);
    if (place === 0) starting.push(text);
    else if (place > 0) holding.push(text);
  }
  return [...starting, ...holding];
}

/** Whether a filter ends where more has to come: there, nothing is wrong yet. */
export function isUnfinished(text: string): boolean {
  const last = piecesOf(text).at(-1);
  if (!last) return false;
  if (last.kind === 'operator') return !/null$/i.test(last.text);
  return last.kind === 'key' || last.kind === 'word' || last.kind === 'open';
}
