import type { RunRow } from '../../../src/protocol/runsPage';
import type { Column } from './column';
import type { AttributeName } from './columnId';

/** What attributes are made from, beside the rows. */
export interface AttributeSource {
  readonly rows: readonly (RunRow | undefined)[];
  /** Up to when runs in progress have lasted, in milliseconds since 1970. */
  readonly now: number;
  experimentName(key: string): string;
}

/** How long a run took, or has taken so far, in milliseconds. */
function durationOf({ status, startTime, endTime }: RunRow, now: number): number | undefined {
  if (startTime === undefined) return undefined;
  const end = endTime ?? (status === 'RUNNING' ? now : undefined);
  return end === undefined ? undefined : end - startTime;
}

function valueOf(
  name: AttributeName,
  row: RunRow,
  source: AttributeSource,
): string | number | undefined {
  switch (name) {
    case 'created':
      return row.startTime;
    case 'ended':
      return row.endTime;
    case 'duration':
      return durationOf(row, source.now);
    case 'experiment':
      return source.experimentName(row.experiment);
    case 'lifecycle':
      return row.deleted ? 'deleted' : 'active';
    default:
      return row[name];
  }
}

/** Attributes whose values are milliseconds: since 1970, or of a length of time. */
export function isTime(name: AttributeName): boolean {
  return name === 'created' || name === 'ended' || name === 'duration';
}

/** An attribute of the runs, read from their rows. */
export class AttributeColumn implements Column {
  constructor(
    readonly name: AttributeName,
    private readonly source: AttributeSource,
  ) {}

  get filled(): number {
    return this.source.rows.reduce(
      (sum, row, at) => (row !== undefined && this.has(at) ? sum + 1 : sum),
      0,
    );
  }

  get varies(): boolean {
    const { rows } = this.source;
    const first = rows.findIndex((row) => row !== undefined);
    return rows.some((row, at) => row !== undefined && this.text(at) !== this.text(first));
  }

  has(at: number): boolean {
    const value = this.value(at);
    return value !== undefined && value !== '';
  }

  number(at: number): number {
    const value = this.value(at);
    return typeof value === 'number' ? value : NaN;
  }

  /** Times of day as in ISO 8601, lengths of time in milliseconds. */
  text(at: number): string {
    const value = this.value(at);
    if (value === undefined) return '';
    if (typeof value === 'string') return value;
    return this.name === 'duration' ? String(value) : isoText(value);
  }

  private value(at: number): string | number | undefined {
    const row = this.source.rows[at];
    return row === undefined ? undefined : valueOf(this.name, row, this.source);
  }
}

/** A time in ISO 8601, or its number where no calendar reaches it. */
function isoText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}
