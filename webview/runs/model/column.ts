/** What the rows have in one column, by their places. */
export interface Column {
  /** How many rows have a value. */
  readonly filled: number;
  /** Whether there are two different values, or have been. */
  readonly varies: boolean;
  has(at: number): boolean;
  /** What a text says as a number, too; NaN where there is none. */
  number(at: number): number;
  /** In full; empty where there is none. */
  text(at: number): string;
}

/** The number that a text is, as JavaScript or Python write it; NaN for one that is none, and for an empty one. */
export function numberInText(text: string): number {
  if (text.trim() === '') return NaN;
  const value = Number(text);
  if (!Number.isNaN(value)) return value;
  const infinity = /^\s*([+-]?)inf(?:inity)?\s*$/i.exec(text);
  return infinity === null ? NaN : infinity[1] === '-' ? -Infinity : Infinity;
}

const nanText = /^\s*[+-]?nan\s*$/i;

/** Whether a text says that there is no number. */
export function saysNaN(text: string): boolean {
  return nanText.test(text);
}
