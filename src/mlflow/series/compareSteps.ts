/** Orders steps, which are decimal texts of any length, by their values. */
export function compareSteps(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (difference !== 0 || a === b) {
    return difference;
  }
  return BigInt(a) < BigInt(b) ? -1 : 1;
}
