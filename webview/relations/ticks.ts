/** Round numbers from `min` to `max`, about `wanted` of them. */
export function linearTicks(min: number, max: number, wanted: number): number[] {
  // By halves: the difference of two large numbers may be infinite.
  const rough = ((max / 2 - min / 2) / wanted) * 2;
  if (!(rough > 0) || !Number.isFinite(rough)) return [min];
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * ([1, 2, 5].find((part) => part * size >= rough * 0.999) ?? 10);
  const ticks: number[] = [];
  const first = Math.ceil(min / step - 1e-9);
  for (let at = first; at * step <= max + step * 1e-9 && ticks.length <= wanted * 3; at++) {
    ticks.push(Number((at * step).toPrecision(12)));
  }
  return ticks.length > 0 ? ticks : [min];
}

/** Powers of ten from `min` to `max`, with twice and five times them where there is room; `min` is positive. */
export function logTicks(min: number, max: number, wanted: number): number[] {
  const [low, high] = [Math.ceil(Math.log10(min) - 1e-9), Math.floor(Math.log10(max) + 1e-9)];
  const decades = high - low + 1;
  const every = Math.max(1, Math.ceil(decades / wanted));
  const parts = decades * 3 <= wanted + 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = low - 1; power <= high; power++) {
    if ((power - low) % every !== 0 && every > 1) continue;
    for (const part of parts) {
      const tick = Number(`${part}e${power}`);
      if (tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9)) ticks.push(tick);
    }
  }
  return ticks.length > 1 ? ticks : linearTicks(min, max, wanted);
}

/** Places of `count` labels, thinned out to `most` at most, evenly from the first. */
export function labelTicks(count: number, most: number): number[] {
  const every = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / every) }, (_, at) => at * every);
}
