/** What can be said of a series in words. Places are those in the values it was made of. */
export interface Summary {
  readonly count: number;
  /** How many are neither NaN nor infinite. */
  readonly finite: number;
  readonly nan: number;
  readonly infinite: number;
  /** Lowest and highest finite value, the first where there are several; absent where none is finite. */
  readonly min: PlacedValue | undefined;
  readonly max: PlacedValue | undefined;
  /** The last value, finite or not; absent for an empty series. */
  readonly last: PlacedValue | undefined;
}

/** A value with its place. */
export interface PlacedValue {
  readonly value: number;
  readonly place: number;
}

/** Sums up values in one pass. */
export function summarize(values: Float64Array): Summary {
  let nan = 0;
  let infinite = 0;
  let min = -1;
  let max = -1;
  for (let place = 0; place < values.length; place++) {
    const value = values[place]!;
    if (Number.isNaN(value)) nan++;
    else if (!Number.isFinite(value)) infinite++;
    else {
      if (min < 0 || value < values[min]!) min = place;
      if (max < 0 || value > values[max]!) max = place;
    }
  }
  const placed = (place: number): PlacedValue | undefined =>
    place < 0 ? undefined : { value: values[place]!, place };
  const count = values.length;
  const finite = count - nan - infinite;
  return {
    count,
    finite,
    nan,
    infinite,
    min: placed(min),
    max: placed(max),
    last: placed(count - 1),
  };
}
