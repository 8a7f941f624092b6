/** Steps between lines of the graticule, in degrees. */
const steps = [
  60, 30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002,
  0.0001, 0.00005, 0.00002, 0.00001,
];
const leastPixels = 70;

/** The largest number of round degrees whose lines are no closer than is readable. */
export function graticuleStep(pixelsPerDegree: number): number {
  return steps.findLast((step) => step * pixelsPerDegree >= leastPixels) ?? 60;
}

/** The round degrees between two. */
export function graticuleLines(from: number, to: number, step: number): readonly number[] {
  const lines: number[] = [];
  for (let at = Math.ceil(from / step); at <= Math.floor(to / step) && lines.length < 200; at++)
    lines.push(at * step);
  return lines;
}

/** Degrees with their direction, such as `12.5° W`; those beyond 180 as they are called on the earth. */
export function degreesText(degrees: number, axis: 'lon' | 'lat', step = 0.00001): string {
  const turned = axis === 'lon' ? ((((degrees + 180) % 360) + 360) % 360) - 180 : degrees;
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  const rounded = Number(turned.toFixed(digits));
  const direction =
    rounded === 0 || (axis === 'lon' && Math.abs(rounded) === 180)
      ? ''
      : axis === 'lon'
        ? rounded < 0
          ? ' W'
          : ' E'
        : rounded < 0
          ? ' S'
          : ' N';
  return `${Math.abs(rounded)}°${direction}`;
}
