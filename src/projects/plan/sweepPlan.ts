import type { Sweep } from '../../server/service/sweep/sweepModel';
import type { NamedText } from '../launchContracts';
import type { Combination, PlanChoice } from '../sweepContracts';
import { drawerOf } from './drawValue';
import { GridOrder } from './gridOrder';
import { seededDraws, shuffledIndex } from './seededDraw';

/**
 * The combinations of a sweep. Each follows from the sweep, the seed and its number alone, so that every machine finds the same ones and
 * none has to be held: asking for one takes about a microsecond, however many there are.
 */
export class SweepPlan {
  /** Numbers go from 0 to below this; `Infinity` where nothing ends the sweep. */
  readonly size: number;
  /** Combinations that are to be run: `size` without those that are left out. */
  readonly count: number;
  /** Whether values are chosen after what earlier runs brought (`bayes`): the plan does not know them. */
  readonly isGuided: boolean;
  private readonly edited: ReadonlyMap<number, readonly NamedText[]>;
  private readonly valuesAt: (number: number) => NamedText[];

  /** `seed` is a whole number from 0 to 2^53. */
  constructor(
    readonly sweep: Sweep,
    readonly seed: number,
    readonly choice: PlanChoice,
  ) {
    this.isGuided = sweep.method === 'bayes';
    const cap = Math.min(sweep.runCap ?? Infinity, choice.sample ?? Infinity);
    if (sweep.method === 'grid') {
      const grid = new GridOrder(sweep.parameters);
      this.size = Math.min(grid.size, cap);
      this.valuesAt = gridValues(grid, seed, choice.sample !== undefined);
    } else {
      this.size = hasValues(sweep) ? cap : 0;
      const drawers = sweep.parameters.map(({ name, domain }) => ({
        name,
        draw: drawerOf(domain),
      }));
      this.valuesAt = (number) => {
        const drawn = seededDraws(seed, number);
        return drawers.map(({ name, draw }, place) => [name, draw(drawn(place))]);
      };
    }
    this.count = this.size - leftOutBelow(choice.leftOut, this.size);
    this.edited = new Map(choice.edits.map(({ number, values }) => [number, values]));
  }

  isLeftOut(number: number): boolean {
    return this.leftOutAround(number) !== undefined;
  }

  /** The combination of a number below `size`, left out or not; of a guided sweep only what a person has set. */
  at(number: number): Combination {
    const values = this.edited.get(number) ?? (this.isGuided ? [] : this.valuesAt(number));
    return { number, values };
  }

  /** The first number from `from` on that is to be run; undefined where none is. */
  next(from: number): number | undefined {
    let number = from;
    while (number < this.size) {
      const range = this.leftOutAround(number);
      if (range === undefined) return number;
      number = range[1] + 1;
    }
    return undefined;
  }

  /** The range of those left out that holds the number. */
  private leftOutAround(number: number): PlanChoice['leftOut'][number] | undefined {
    const { leftOut } = this.choice;
    let [low, high] = [0, leftOut.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((leftOut[middle]?.[1] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    const range = leftOut[low];
    return range !== undefined && number >= range[0] ? range : undefined;
  }
}

/** A sample is drawn without putting back; of more than 2^53 combinations no two are likely to be the same anyway. */
function gridValues(
  grid: GridOrder,
  seed: number,
  isSample: boolean,
): (number: number) => NamedText[] {
  if (!isSample) return (number) => grid.at(number);
  if (Number.isFinite(grid.size))
    return (number) => grid.at(shuffledIndex(grid.size, number, seed));
  return (number) => grid.drawn(seededDraws(seed, number));
}

function hasValues({ parameters }: Sweep): boolean {
  return (
    parameters.length > 0 &&
    parameters.every(
      ({ domain }) =>
        domain.kind !== 'unknown' && (domain.kind !== 'values' || domain.values.length > 0),
    )
  );
}

function leftOutBelow(leftOut: PlanChoice['leftOut'], size: number): number {
  return leftOut.reduce(
    (sum, [first, last]) => sum + Math.max(0, Math.min(last, size - 1) - first + 1),
    0,
  );
}
