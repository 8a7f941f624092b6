import type { Sweep, SweepDomain } from './sweepModel';

/** How many runs a sweep makes: a number, `endless`, or `unknown` where its values are not told. */
export type RunCount = number | 'endless' | 'unknown';

/** A count above 2^53 is `Infinity`. */
export function countRuns(sweep: Sweep): RunCount {
  const combinations = countCombinations(sweep);
  const { method, runCap } = sweep;
  if (sweep.parameters.length === 0) return 'unknown';
  if (method !== 'grid') {
    if (combinations === 0) return 0;
    return runCap ?? 'endless';
  }
  if (typeof combinations !== 'number' || runCap === undefined) return combinations;
  return Math.min(combinations, runCap);
}

/** The combinations of all values, whatever `run_cap` says. */
export function countCombinations({ parameters }: Sweep): RunCount {
  let product = 1;
  let isUnknown = false;
  let isEndless = false;
  for (const { domain } of parameters) {
    const size = countValues(domain);
    if (size === 0) return 0;
    isUnknown ||= size === 'unknown';
    isEndless ||= size === 'endless';
    if (typeof size === 'number') product *= size;
  }
  if (isUnknown) return 'unknown';
  if (isEndless) return 'endless';
  return Number.isSafeInteger(product) ? product : Infinity;
}

export function countValues(domain: SweepDomain): RunCount {
  switch (domain.kind) {
    case 'values':
      return domain.values.length;
    case 'range': {
      const { min, max, distribution } = domain;
      const step = distribution === 'int_uniform' ? 1 : domain.step;
      if (step === undefined || !gridDistributions.has(distribution)) return 'endless';
      // Rounding must not lose the last step of 0 … 0.3 by 0.1.
      return Math.max(0, Math.floor((max - min) / step + 1e-9) + 1);
    }
    case 'open':
      return 'endless';
    case 'unknown':
      return 'unknown';
  }
}

/** Those whose values can be counted. */
export const gridDistributions: ReadonlySet<string> = new Set([
  'categorical',
  'constant',
  'int_uniform',
  'q_uniform',
]);
