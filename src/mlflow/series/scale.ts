/** How an axis is divided into columns of equal width. */
export type Scale = 'linear' | 'log';

/** Where a share of the way between two places of an axis ends. */
export function placeAt(from: number, to: number, share: number, scale: Scale): number {
  if (scale === 'log') return from * Math.pow(to / from, share);
  // Not from + share * (to - from): the difference of two large numbers may be infinite.
  return from * (1 - share) + to * share;
}
