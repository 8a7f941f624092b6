/** What an axis shows: a param, or the latest value of a metric. */
export interface Field {
  readonly of: 'param' | 'metric';
  readonly key: string;
}

/** How an axis of numbers is divided. */
export type Division = 'linear' | 'log';

/** A field on an axis; without a division the field's values decide. */
export interface AxisChoice {
  readonly field: Field;
  readonly division?: Division | undefined;
}

/** An axis of parallel coordinates: runs outside of `range` step back. */
export interface ParallelAxis extends AxisChoice {
  /** In the axis's own numbers; on an axis of labels in their places from 0. */
  readonly range?: { readonly from: number; readonly to: number } | undefined;
}

/** A chart of params against metrics, as the page remembers it: JSON. */
export type RelationSpec = ParallelSpec | ScatterSpec | ContourSpec | BoxSpec;

export interface ParallelSpec {
  readonly kind: 'parallel';
  /** From left to right. */
  readonly axes: readonly ParallelAxis[];
}

export interface ScatterSpec {
  readonly kind: 'scatter';
  readonly x: AxisChoice;
  readonly y: AxisChoice;
}

export interface ContourSpec {
  readonly kind: 'contour';
  readonly x: AxisChoice;
  readonly y: AxisChoice;
  /** What the colors show. */
  readonly z: AxisChoice;
}

export interface BoxSpec {
  readonly kind: 'box';
  /** Each of its values is a box. */
  readonly x: AxisChoice;
  readonly y: AxisChoice;
}

export type RelationKind = RelationSpec['kind'];

export const relationKinds: readonly RelationKind[] = ['parallel', 'scatter', 'contour', 'box'];

/** More axes than these can hardly be told apart. */
export const mostAxes = 20;

const longestKey = 1000;

export function isSameField(one: Field, other: Field): boolean {
  return one.of === other.of && one.key === other.key;
}

/** Reads a spec that was remembered, of whatever shape; `undefined` where it is none. */
export function readRelation(remembered: unknown): RelationSpec | undefined {
  const fields = fieldsOf(remembered);
  switch (fields['kind']) {
    case 'parallel':
      return readParallel(fields['axes']);
    case 'scatter':
    case 'box': {
      const [x, y] = [readAxis(fields['x']), readAxis(fields['y'])];
      return x && y && { kind: fields['kind'], x, y };
    }
    case 'contour': {
      const [x, y, z] = [readAxis(fields['x']), readAxis(fields['y']), readAxis(fields['z'])];
      return x && y && z && { kind: 'contour', x, y, z };
    }
    default:
      return undefined;
  }
}

function readParallel(value: unknown): ParallelSpec | undefined {
  if (!Array.isArray(value)) return undefined;
  const axes: ParallelAxis[] = [];
  for (const each of value.slice(0, mostAxes) as unknown[]) {
    const axis = readAxis(each);
    if (!axis || axes.some(({ field }) => isSameField(field, axis.field))) continue;
    const { from, to } = fieldsOf(fieldsOf(each)['range']);
    const isRange = typeof from === 'number' && typeof to === 'number' && from <= to;
    axes.push(isRange ? { ...axis, range: { from, to } } : axis);
  }
  return { kind: 'parallel', axes };
}

function readAxis(value: unknown): AxisChoice | undefined {
  const { field, division } = fieldsOf(value);
  const { of, key } = fieldsOf(field);
  if ((of !== 'param' && of !== 'metric') || typeof key !== 'string') return undefined;
  if (key.length > longestKey) return undefined;
  const isKnown = division === 'linear' || division === 'log';
  return isKnown ? { field: { of, key }, division } : { field: { of, key } };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
