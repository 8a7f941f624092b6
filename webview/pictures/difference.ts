/** How two pictures of one size differ. */
export interface Difference {
  /** RGBA: grey for what is equal, bright for what differs. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Pixels that differ in anything. */
  readonly changed: number;
  readonly all: number;
  /** The greatest difference of a channel, from 0 to 255. */
  readonly greatest: number;
}

/**
 * Compares two pictures pixel by pixel, over what is transparent a middle grey. A pixel is drawn by the greatest difference of its
 * channels times `strength`: from black for equal to white; what differs at all is never as dark as what is equal.
 */
export function pixelDifference(
  one: Uint8ClampedArray,
  other: Uint8ClampedArray,
  strength: number,
): Difference {
  const pixels = new Uint8ClampedArray(one.length);
  let changed = 0;
  let greatest = 0;
  for (let at = 0; at < one.length; at += 4) {
    const a = (one[at + 3] ?? 0) / 255;
    const b = (other[at + 3] ?? 0) / 255;
    let most = Math.abs(a - b) * 255;
    for (let channel = at; channel < at + 3; channel++) {
      const difference = Math.abs((one[channel] ?? 0) * a - (other[channel] ?? 0) * b);
      if (difference > most) most = difference;
    }
    if (most > 0) {
      changed++;
      if (most > greatest) greatest = most;
      const shade = 48 + Math.min(1, (most * strength) / 255) * 207;
      pixels[at] = shade;
      pixels[at + 1] = shade;
      pixels[at + 2] = shade;
    }
    pixels[at + 3] = 255;
  }
  return { pixels, changed, all: one.length / 4, greatest: Math.round(greatest) };
}
