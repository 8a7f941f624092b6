import type { TableColumn, TableFilterMistake } from '../../protocol/tablePage';
import { TableError } from '../tableError';
import { dateValue, numberValue } from '../cells/cellKind';
import { splitClauses, type ClauseText } from './splitClauses';

const ordered = ['<', '<=', '>', '>='] as const;
type Ordered = (typeof ordered)[number];
export type FilterOperator =
  Ordered | '=' | '!=' | 'contains' | 'not contains' | 'starts with' | 'ends with';

/** One thing that a row has to fulfil. */
export type FilterClause =
  /** The text is found in any cell, whatever its case. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty'; readonly column: number; readonly isNegated: boolean }
  | {
      readonly kind: 'compare';
      readonly column: number;
      readonly operator: FilterOperator;
      readonly value: string;
    };

/** A row is shown that fulfils all clauses of any of these. */
export type TableFilter = readonly (readonly FilterClause[])[];

const operatorForm =
  /\s*(<=|>=|!=|<>|==|=|<|>)\s*|\s+(not\s+contains|contains|starts\s+with|ends\s+with)(?:\s+|$)|\s+is\s+(not\s+)?(?:empty|null)\s*$/i;

/**
 * Reads what was typed into the filter: texts, and conditions on columns such as `loss < 0.5`, `name contains cat`,
 * `note is empty`, with `and` and `or` between them. Throws a {@link TableError} that says where it is wrong.
 */
export function readFilter(typed: string, columns: readonly TableColumn[]): TableFilter {
  return splitClauses(typed)
    .map((alternative) => alternative.map((clause) => readClause(clause, columns)))
    .filter((alternative) => alternative.length > 0);
}

function readClause(clause: ClauseText, columns: readonly TableColumn[]): FilterClause {
  const whole = unquote(clause.text);
  if (whole.isQuoted && whole.rest === '') {
    return { kind: 'text', text: whole.text };
  }
  const named = readColumn(clause, columns);
  if (named === undefined) {
    return { kind: 'text', text: clause.text };
  }
  const { column, operator, value, valueStart } = named;
  if (operator === 'empty' || operator === 'not empty') {
    return { kind: 'empty', column, isNegated: operator === 'not empty' };
  }
  const text = unquote(value);
  const place = {
    start: valueStart,
    end: valueStart + Math.max(1, value.length),
    column: columns[column]?.name ?? '',
  };
  if (value === '') throw mistake({ reason: 'value', ...place });
  checkValue(operator, text.text, columns[column], place);
  return { kind: 'compare', column, operator, value: text.text };
}

interface NamedCondition {
  readonly column: number;
  readonly operator: FilterOperator | 'empty' | 'not empty';
  readonly value: string;
  /** Place of the value in all that was typed. */
  readonly valueStart: number;
}

/** `undefined` for what has no operator, which is a text to be found. */
function readColumn(
  { text, start }: ClauseText,
  columns: readonly TableColumn[],
): NamedCondition | undefined {
  const quoted = unquote(text);
  const rest = quoted.isQuoted ? quoted.rest : text;
  const found = operatorForm.exec(rest);
  if (found === null || (quoted.isQuoted && found.index > 0 && rest.slice(0, found.index).trim())) {
    return undefined;
  }
  const typedName = quoted.isQuoted ? quoted.text : rest.slice(0, found.index).trim();
  // Nothing is compared where nothing stands before the sign.
  if (typedName === '') return undefined;
  const column = columnOf(typedName, columns);
  if (column < 0) {
    const end = start + (quoted.isQuoted ? text.length - rest.length : typedName.length);
    throw mistake({ reason: 'column', start, end: Math.max(end, start + 1), column: typedName });
  }
  const [matched, sign, word, not] = found;
  const behind = rest.slice(found.index + matched.length);
  const value = behind.trim();
  const valueStart = start + text.length - behind.trimStart().length;
  return { column, operator: operatorOf(sign, word, not), value, valueStart };
}

function operatorOf(
  sign: string | undefined,
  word: string | undefined,
  not: string | undefined,
): NamedCondition['operator'] {
  if (sign !== undefined) {
    return sign === '<>' ? '!=' : sign === '==' ? '=' : (sign as FilterOperator);
  }
  if (word !== undefined) {
    return word.toLowerCase().replaceAll(/\s+/g, ' ') as FilterOperator;
  }
  return not === undefined ? 'empty' : 'not empty';
}

/** The column of this name, or the one whose name differs in case alone; -1 where there is none. */
function columnOf(name: string, columns: readonly TableColumn[]): number {
  const exact = columns.findIndex((column) => column.name === name);
  if (exact >= 0) return exact;
  const lower = name.toLowerCase();
  return columns.findIndex((column) => column.name.toLowerCase() === lower);
}

function checkValue(
  operator: FilterOperator,
  value: string,
  column: TableColumn | undefined,
  place: Omit<TableFilterMistake, 'reason'>,
): void {
  const isOrdered = ordered.includes(operator as Ordered);
  if (!isOrdered && operator !== '=' && operator !== '!=') return;
  const isNan = /^nan$/i.test(value) && !isOrdered;
  if (column?.kind === 'number' && Number.isNaN(numberValue(value)) && !isNan) {
    throw mistake({ reason: 'number', ...place });
  }
  if (column?.kind === 'date' && isOrdered && Number.isNaN(dateValue(value))) {
    throw mistake({ reason: 'date', ...place });
  }
  if (column?.kind === 'boolean' && isOrdered) throw mistake({ reason: 'ordered', ...place });
}

function mistake(found: TableFilterMistake): TableError {
  return new TableError('filter', '', found);
}

const quotes = /^(?:`([^`]*)`|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/;

/** A text in quotes at the beginning, and what follows it. */
function unquote(text: string): {
  readonly isQuoted: boolean;
  readonly text: string;
  readonly rest: string;
} {
  const found = quotes.exec(text);
  if (found === null) return { isQuoted: false, text, rest: '' };
  const inner = found[1] ?? (found[2] ?? found[3] ?? '').replaceAll(/\\(.)/g, '$1');
  return { isQuoted: true, text: inner, rest: text.slice(found[0].length) };
}
