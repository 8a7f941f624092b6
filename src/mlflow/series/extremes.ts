/** The places of the lowest and the highest value of a range; of equal ones the first. */
export interface Extremes {
  readonly lowest: number;
  readonly highest: number;
}

/** How many points, or blocks of the level below, a block stands for. */
const fold = 16;
const none = 0xffffffff;

/** The extremes of one level: of each block of so many points, or `none`. */
interface Level {
  readonly points: number;
  readonly lowest: Uint32Array;
  readonly highest: Uint32Array;
}

/**
 * Finds the extremes of any range of values in a time that grows with the logarithm of its length, from the extremes
 * of blocks of 16, 256, 4,096 values and so on. NaN and infinite values take no part.
 */
export class BlockExtremes {
  private readonly levels: readonly Level[];

  constructor(private readonly values: Float64Array) {
    const levels: Level[] = [];
    for (let points = fold; points <= values.length; points *= fold) {
      levels.push(this.makeLevel(points, levels.at(-1)));
    }
    this.levels = levels;
  }

  /** The extremes of the places from `from` to below `to`; `undefined` where no value is finite. */
  of(from: number, to: number): Extremes | undefined {
    let lowest = none;
    let highest = none;
    for (let at = from; at < to;) {
      const level = this.largestBlock(at, to);
      const low = level ? level.lowest[at / level.points]! : this.finite(at);
      const high = level ? level.highest[at / level.points]! : low;
      lowest = this.lower(lowest, low);
      highest = this.higher(highest, high);
      at += level?.points ?? 1;
    }
    return lowest === none ? undefined : { lowest, highest };
  }

  /** The largest block that begins at `at` and ends by `to`. */
  private largestBlock(at: number, to: number): Level | undefined {
    let largest: Level | undefined;
    for (const level of this.levels) {
      if (at % level.points !== 0 || at + level.points > to) break;
      largest = level;
    }
    return largest;
  }

  private makeLevel(points: number, below: Level | undefined): Level {
    const count = Math.floor(this.values.length / points);
    const lowest = new Uint32Array(count);
    const highest = new Uint32Array(count);
    for (let block = 0; block < count; block++) {
      let low = none;
      let high = none;
      let lowValue = Infinity;
      let highValue = -Infinity;
      for (let part = block * fold; part < (block + 1) * fold; part++) {
        const lowPlace = below ? below.lowest[part]! : part;
        if (lowPlace === none) continue;
        const lowOfPart = this.values[lowPlace]!;
        if (!Number.isFinite(lowOfPart)) continue;
        const highPlace = below ? below.highest[part]! : part;
        const highOfPart = this.values[highPlace]!;
        if (lowOfPart < lowValue) {
          lowValue = lowOfPart;
          low = lowPlace;
        }
        if (highOfPart > highValue) {
          highValue = highOfPart;
          high = highPlace;
        }
      }
      lowest[block] = low;
      highest[block] = high;
    }
    return { points, lowest, highest };
  }

  private finite(place: number): number {
    return Number.isFinite(this.values[place]) ? place : none;
  }

  private lower(one: number, other: number): number {
    if (other === none) return one;
    return one === none || this.values[other]! < this.values[one]! ? other : one;
  }

  private higher(one: number, other: number): number {
    if (other === none) return one;
    return one === none || this.values[other]! > this.values[one]! ? other : one;
  }
}
