import type { Step } from '../../mlflow/model';

export type SqlValue = null | number | bigint | string | Uint8Array;
/** The columns of one row, in the order of the `SELECT`. */
export type Row = readonly SqlValue[];
export type SqlParameter = null | number | bigint | string;

/** The ends of what a row number may be. */
export const leastInteger = -(2n ** 63n);
export const greatestInteger = 2n ** 63n - 1n;

/** Answers SQL within the read transaction that is open. */
export interface Rows {
  /** Where an integer of the reply lies beyond ±2^53, all of its integers are `bigint`. */
  rows(sql: string, ...parameters: readonly SqlParameter[]): readonly Row[];
}

// A column may hold anything in SQLite, whatever its type says: what does not fit becomes the nearest thing that does.

export function toText(value: SqlValue | undefined): string {
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString('utf8');
  }
  return value === null || value === undefined ? '' : String(value);
}

/** An empty text stands for a missing one. */
export function toOptionalText(value: SqlValue | undefined): string | undefined {
  return toText(value) || undefined;
}

/** Milliseconds since 1970. */
export function toTime(value: SqlValue | undefined): number | undefined {
  const time = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN;
  return Number.isFinite(time) ? time : undefined;
}

/** A row number or a step, to be asked for again; exact. */
export function toInteger(value: SqlValue | undefined): number | bigint {
  return typeof value === 'bigint' ? value : Number(value);
}

export function toStep(value: SqlValue | undefined): Step {
  if (typeof value === 'bigint') {
    const near = Number(value);
    return Number.isSafeInteger(near) ? near : value;
  }
  return typeof value === 'number' ? Math.trunc(value) : 0;
}

/** MLflow writes NaN as 0 with a mark, and infinities as the largest finite double. */
export function toMetricValue(value: SqlValue | undefined, isNan: SqlValue | undefined): number {
  const number = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN;
  if (isNan !== undefined && Number(isNan) !== 0) {
    return NaN;
  }
  return Math.abs(number) === Number.MAX_VALUE ? number * Infinity : number;
}
