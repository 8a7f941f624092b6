import type { ComparedRun } from '../../../src/protocol/comparePage';
import { formatFull, formatShort, toOneLine } from '../../../src/mlflow/format';
import type { Field } from './spec';

/** The values of a field in all runs that are drawn. */
export interface Column {
  readonly field: Field;
  /** The different texts in the order of the axis, where not all of them are numbers. */
  readonly labels: readonly string[] | undefined;
  /** Of each run the number, or the place in `labels`; NaN where it cannot be drawn. */
  readonly values: Float64Array;
  /** How many runs do not have the field at all. */
  readonly missing: number;
  /** What it is in runs where it is NaN or infinite. */
  readonly odd: ReadonlyMap<number, number>;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A param as a number, as Python's `float` reads plain ones; NaN for other texts. */
function toNumber(text: string): number {
  const bare = text.trim();
  return decimal.test(bare) ? Number(bare) : NaN;
}

/** Reads a field of runs, whose metrics are numbered by `metricKeys`. */
export function readColumn(
  field: Field,
  runs: readonly ComparedRun[],
  metricKeys: readonly string[],
): Column {
  return field.of === 'metric'
    ? metricColumn(field, runs, metricKeys.indexOf(field.key))
    : paramColumn(field, runs);
}

function metricColumn(field: Field, runs: readonly ComparedRun[], metric: number): Column {
  let missing = 0;
  const odd = new Map<number, number>();
  const values = Float64Array.from(runs, ({ metrics }, run) => {
    const value = metrics.values[metrics.keys.indexOf(metric)];
    if (value === undefined) missing++;
    else if (Number.isFinite(value)) return value;
    else odd.set(run, value);
    return NaN;
  });
  return { field, labels: undefined, values, missing, odd };
}

function paramColumn(field: Field, runs: readonly ComparedRun[]): Column {
  const texts = runs.map((run) => paramOf(run, field.key));
  const present = texts.filter((text) => text !== undefined);
  const counts = { missing: texts.length - present.length, odd: new Map<number, number>() };
  if (present.every((text) => Number.isFinite(toNumber(text)))) {
    const values = Float64Array.from(texts, (text) => toNumber(text ?? ''));
    return { field, labels: undefined, values, ...counts };
  }
  return withLabels(field, texts, counts);
}

/** The same column with its numbers as labels, each of them a group. */
export function asLabels(column: Column, runs: readonly ComparedRun[]): Column {
  if (column.labels) return column;
  const { field, values, missing, odd } = column;
  const ofParam = (at: number): string | undefined => {
    const run = runs[at];
    return run && paramOf(run, field.key);
  };
  const texts = Array.from(values, (value, at) => {
    if (Number.isNaN(value)) return undefined;
    return field.of === 'param' ? ofParam(at) : formatFull(value);
  });
  return withLabels(field, texts, { missing, odd });
}

function withLabels(
  field: Field,
  texts: readonly (string | undefined)[],
  counts: Pick<Column, 'missing' | 'odd'>,
): Column {
  const labels = [...new Set(texts.filter((text) => text !== undefined))].sort(byNumberThenText);
  const places = new Map(labels.map((label, place) => [label, place]));
  const values = Float64Array.from(texts, (text) =>
    text === undefined ? NaN : (places.get(text) ?? NaN),
  );
  return { field, labels, values, ...counts };
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** Numbers first, by their size; equal texts of different spelling keep one order everywhere. */
function byNumberThenText(one: string, other: string): number {
  const [left, right] = [toNumber(one), toNumber(other)];
  if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
  return (
    (Number.isNaN(left) ? 0 : left - right) ||
    collator.compare(one, other) ||
    (one < other ? -1 : 1)
  );
}

/** The whole text of a param; `undefined` where the run has none. */
export function paramOf(run: ComparedRun, key: string): string | undefined {
  const param = run.params.find((each) => each.key === key);
  return param && (param.full ?? param.text);
}

/** What a run has of a column, for a tooltip or a cell: short, or in full. */
export function textOf(column: Column, run: ComparedRun, at: number, full = false): string {
  if (column.field.of === 'param') {
    const text = paramOf(run, column.field.key);
    if (text === undefined) return '';
    return full ? text : toOneLine(text, 60);
  }
  const finite = column.values[at] ?? NaN;
  const value = Number.isNaN(finite) ? column.odd.get(at) : finite;
  if (value === undefined) return '';
  return full ? formatFull(value) : formatShort(value);
}
