/** The part of a series that Hyperband looks at. */
export interface Series {
  /** In any order. */
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export interface HyperbandRules {
  readonly minIter: number | undefined;
  readonly maxIter: number | undefined;
  readonly s: number | undefined;
  readonly eta: number | undefined;
  readonly strict: boolean;
}

const mostBands = 30;
const usualEta = 3;

/** The steps at which runs are compared, ascending. */
export function bandsOf({ minIter, maxIter, s, eta = usualEta }: HyperbandRules): number[] {
  const factor = Math.max(2, eta);
  const count = Math.min(s ?? mostBands, mostBands);
  if (minIter !== undefined) {
    const bands = Array.from({ length: count }, (_, power) => minIter * factor ** power);
    return bands.filter((band) => band < (maxIter ?? Number.MAX_SAFE_INTEGER));
  }
  if (maxIter === undefined) return [];
  const bands = Array.from({ length: count }, (_, power) =>
    Math.floor(maxIter / factor ** (power + 1)),
  );
  return bands.filter((band) => band >= 1).toReversed();
}

/** The best value up to each band that a run has reached; steps that are all 0 count as 0, 1, 2, … */
export function valuesAtBands(
  { steps, values }: Series,
  bands: readonly number[],
  goal: 'minimize' | 'maximize',
): number[] {
  const given = Array.from(steps);
  const counted = given.every((step) => step === 0) ? given.map((_, index) => index) : given;
  const last = counted.reduce((greatest, step) => Math.max(greatest, step), -Infinity);
  const best = goal === 'minimize' ? Math.min : Math.max;
  const worst = goal === 'minimize' ? Infinity : -Infinity;
  return bands
    .filter((band) => band <= last)
    .map((band) =>
      counted.reduce((so, step, index) => {
        const value = values[index] ?? NaN;
        return step <= band && !Number.isNaN(value) ? best(so, value) : so;
      }, worst),
    );
}

/**
 * Whether a run is behind: at the last band that it has reached (any of them where the rule is strict) it is not among the best of
 * all that reached it, one of `eta`. Fewer than `eta` runs are not compared.
 */
export function isBehind(
  own: readonly number[],
  all: readonly (readonly number[])[],
  { eta = usualEta, strict }: HyperbandRules,
  goal: 'minimize' | 'maximize',
): boolean {
  const bands = own.map((_, band) => band);
  return (strict ? bands : bands.slice(-1)).some((band) => {
    const there = all.flatMap((one) => one[band] ?? []);
    if (there.length < eta) return false;
    const ranked = there.toSorted((a, b) => (goal === 'minimize' ? a - b : b - a));
    const last = ranked[Math.max(1, Math.floor(there.length / eta)) - 1] ?? NaN;
    const value = own[band] ?? NaN;
    return goal === 'minimize' ? value > last : value < last;
  });
}
