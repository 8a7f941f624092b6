import type { Combination, PlanChoice } from '../sweepContracts';

/** Leaves out combinations, or takes them in again. */
export function leaveOut(
  choice: PlanChoice,
  numbers: Iterable<number>,
  isOut: boolean,
): PlanChoice {
  const asked = [...new Set(numbers)].toSorted(ascending);
  const kept: (readonly [number, number])[] = [];
  let next = 0;
  for (const [first, last] of choice.leftOut) {
    while ((asked[next] ?? Infinity) < first) next++;
    let from = first;
    for (; (asked[next] ?? Infinity) <= last; next++) {
      const number = asked[next] ?? last;
      if (number > from) kept.push([from, number - 1]);
      from = number + 1;
    }
    if (from <= last) kept.push([from, last]);
  }
  const added = isOut ? asked.map((number) => [number, number] as const) : [];
  return { ...choice, leftOut: joined([...kept, ...added]) };
}

/** Gives a combination other values; without values, those of the plan again. */
export function editValues(
  choice: PlanChoice,
  number: number,
  values: Combination['values'] | undefined,
): PlanChoice {
  const others = choice.edits.filter((edit) => edit.number !== number);
  const edits = values === undefined ? others : [...others, { number, values }];
  return { ...choice, edits: edits.toSorted((a, b) => a.number - b.number) };
}

/** What `JSON.parse` gave, if it is a choice; it may come from anybody. */
export function readChoice(value: unknown): PlanChoice | undefined {
  const { sample, leftOut, edits } = (value ?? {}) as Record<string, unknown>;
  if (sample !== undefined && sample !== null && !isCount(sample)) return undefined;
  if (!Array.isArray(leftOut) || !leftOut.every(isRange)) return undefined;
  if (!Array.isArray(edits) || !edits.every(isCombination)) return undefined;
  return { sample: sample ?? undefined, leftOut: joined(leftOut), edits };
}

function joined(ranges: readonly (readonly [number, number])[]): PlanChoice['leftOut'] {
  const result: (readonly [number, number])[] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = result.at(-1);
    if (before !== undefined && first <= before[1] + 1) {
      result[result.length - 1] = [before[0], Math.max(before[1], last)];
    } else {
      result.push([first, last]);
    }
  }
  return result;
}

function ascending(a: number, b: number): number {
  return a - b;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRange(value: unknown): value is readonly [number, number] {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [first, last] = value as unknown[];
  return isCount(first) && isCount(last) && first <= last;
}

function isCombination(value: unknown): value is Combination {
  const { number, values } = (value ?? {}) as Record<string, unknown>;
  return isCount(number) && Array.isArray(values) && values.every(isNamedText);
}

function isNamedText(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length === 2 && value.every((text) => typeof text === 'string')
  );
}
