/** So long the thread is held at a time, in milliseconds. */
const turn = 8;
const smallest = 256;

/** Sorts as `Array.prototype.sort` does, stable, but lets others have their turns; the items may be a hundred thousand. */
export async function sortInTurns<T>(
  items: readonly T[],
  compare: (one: T, other: T) => number,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const rest = new Turns(signal);
  let from: T[] = [];
  for (let start = 0; start < items.length; start += smallest) {
    from.push(...items.slice(start, start + smallest).sort(compare));
    await rest.ifDue();
  }
  for (let width = smallest; width < from.length; width *= 2) {
    const into: T[] = [];
    for (let start = 0; start < from.length; start += 2 * width) {
      await merge(from, start, width, into, compare, rest);
    }
    from = into;
  }
  return from;
}

async function merge<T>(
  from: readonly T[],
  start: number,
  width: number,
  into: T[],
  compare: (one: T, other: T) => number,
  rest: Turns,
): Promise<void> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let [left, right] = [start, middle];
  for (let merged = start; merged < end; merged++) {
    const takesLeft =
      left < middle && (right >= end || compare(from[left] as T, from[right] as T) <= 0);
    into.push(from[takesLeft ? left++ : right++] as T);
    if (merged % smallest === 0) {
      await rest.ifDue();
    }
  }
}

class Turns {
  private since = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  async ifDue(): Promise<void> {
    if (performance.now() - this.since >= turn) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      this.signal.throwIfAborted();
      this.since = performance.now();
    }
  }
}
