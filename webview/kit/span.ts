/** A stretch of rows or columns of equal size: `start` is the first, `end` the one after the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Those of `count` items of `size` pixels that are seen through a window, and `beyond` more at each end. */
export function seenSpan(
  count: number,
  size: number,
  offset: number,
  length: number,
  beyond: number,
): Span {
  const first = Math.floor(Math.max(0, offset) / size) - beyond;
  const last = Math.ceil(Math.max(0, offset + length) / size) + beyond;
  const start = Math.min(Math.max(0, first), count);
  return { start, end: Math.max(start, Math.min(count, last)) };
}

/** The scroll offset at which item `index` is wholly seen, as near to `offset` as can be. */
export function offsetShowing(index: number, size: number, offset: number, length: number): number {
  const top = index * size;
  if (top < offset) return top;
  return top + size > offset + length ? Math.max(0, top + size - length) : offset;
}
