import { formatFull, formatShort, toOneLine } from '../../src/mlflow/format';
import type { RelationSource } from './source';
import type { Field } from './spec';

/** The values of a field in all runs that are drawn. */
export interface Column {
  readonly field: Field;
  /** Of each run the whole text, where the field is a param. */
  readonly texts: readonly (string | undefined)[] | undefined;
  /** The different texts in the order of the axis, where not all of them are numbers. */
  readonly labels: readonly string[] | undefined;
  /** Of each run the number, or the place in `labels`; NaN where it cannot be drawn. */
  readonly values: Float64Array;
  /** How many runs do not have the field at all. */
  readonly missing: number;
  /** What it is in runs where it is NaN or infinite. */
  readonly odd: ReadonlyMap<number, number>;
}

const noOdd: ReadonlyMap<number, number> = new Map();
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A param as a number, as Python's `float` reads plain ones; NaN for other texts. */
function toNumber(text: string): number {
  const bare = text.trim();
  return decimal.test(bare) ? Number(bare) : NaN;
}

/** Reads a field of runs. */
export function readColumn(field: Field, source: RelationSource): Column {
  return field.of === 'metric' ? metricColumn(field, source) : paramColumn(field, source);
}

function metricColumn(field: Field, { runs, metric }: RelationSource): Column {
  let missing = 0;
  const odd = new Map<number, number>();
  const read = metric(field.key);
  const values = Float64Array.from(runs, (_, run) => {
    const value = read(run);
    if (value === undefined) missing++;
    else if (Number.isFinite(value)) return value;
    else odd.set(run, value);
    return NaN;
  });
  return { field, texts: undefined, labels: undefined, values, missing, odd };
}

function paramColumn(field: Field, { runs, param }: RelationSource): Column {
  const textAt = param(field.key);
  const texts = runs.map((_, run) => textAt(run));
  const present = texts.filter((text) => text !== undefined);
  const read = { field, texts, missing: texts.length - present.length, odd: noOdd };
  if (!present.every((text) => Number.isFinite(toNumber(text)))) return withLabels(read, texts);
  const values = Float64Array.from(texts, (text) => toNumber(text ?? ''));
  return { ...read, labels: undefined, values };
}

/** The same column with its numbers as labels, each of them a group. */
export function asLabels(column: Column): Column {
  if (column.labels) return column;
  const ofNumbers = (): (string | undefined)[] =>
    Array.from(column.values, (value) => (Number.isNaN(value) ? undefined : formatFull(value)));
  return withLabels(column, column.texts ?? ofNumbers());
}

function withLabels(
  column: Omit<Column, 'labels' | 'values'>,
  texts: readonly (string | undefined)[],
): Column {
  const different = [...new Set(texts.filter((text) => text !== undefined))];
  const labels = different
    .map((text) => ({ text, number: toNumber(text) }))
    .sort(byNumberThenText)
    .map(({ text }) => text);
  const places = new Map(labels.map((label, place) => [label, place]));
  const values = Float64Array.from(texts, (text) =>
    text === undefined ? NaN : (places.get(text) ?? NaN),
  );
  return { ...column, labels, values };
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** Numbers first, by their size; equal texts of different spelling keep one order everywhere. */
function byNumberThenText(
  { text: one, number: left }: { text: string; number: number },
  { text: other, number: right }: { text: string; number: number },
): number {
  if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
  return (
    (Number.isNaN(left) ? 0 : left - right) ||
    collator.compare(one, other) ||
    (one < other ? -1 : 1)
  );
}

/** What a run has of a column, for a tooltip or a cell: short, or in full. */
export function textOf(column: Column, at: number, full = false): string {
  if (column.texts) {
    const text = column.texts[at] ?? '';
    return full ? text : toOneLine(text, 60);
  }
  const finite = column.values[at] ?? NaN;
  const value = Number.isNaN(finite) ? column.odd.get(at) : finite;
  if (value === undefined) return '';
  return full ? formatFull(value) : formatShort(value);
}
