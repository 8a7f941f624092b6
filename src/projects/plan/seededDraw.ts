/**
 * Draws that depend on nothing but `seed` and `index`: the function gives the `draw`-th of them, from 0 to below 1, evenly spread. All are
 * whole numbers from 0 to 2^53.
 */
export function seededDraws(seed: number, index: number): (draw: number) => number {
  const words = [low(seed), high(seed), low(index), high(index)];
  const upper = words.reduce(mixedIn, 0x9747b28c);
  const lower = words.reduce(mixedIn, 0x2545f491);
  const bytes = 4 * (words.length + 1);
  return (draw) => {
    const top = finished(mixedIn(upper, draw), bytes) >>> 6;
    const bottom = finished(mixedIn(lower, draw), bytes) >>> 5;
    return (top * 0x8000000 + bottom) / 0x20000000000000;
  };
}

/**
 * Which of `size` things comes at place `index` when they are shuffled by `seed`: each comes once. Nothing is kept of the others, so that
 * a thousand can be drawn of a million million.
 */
export function shuffledIndex(size: number, index: number, seed: number): number {
  let half = 1;
  while (half * half < size) half *= 2;
  let place = index;
  do {
    place = exchange(place, half, seed);
  } while (place >= size);
  return place;
}

/** Four rounds of a Feistel network over pairs of numbers below `half`: another pair for each pair. */
function exchange(value: number, half: number, seed: number): number {
  let left = Math.floor(value / half);
  let right = value % half;
  for (let round = 0; round < 4; round++) {
    const mask = mix([low(seed), high(seed), right, round], 0x51ed270b) % half;
    [left, right] = [right, (left + mask) % half];
  }
  return left * half + right;
}

function low(value: number): number {
  return value >>> 0;
}

function high(value: number): number {
  return Math.floor(value / 0x100000000) >>> 0;
}

/** MurmurHash3 of whole words. */
function mix(words: readonly number[], start: number): number {
  return finished(words.reduce(mixedIn, start), words.length * 4);
}

function mixedIn(hash: number, word: number): number {
  let part = Math.imul(word, 0xcc9e2d51);
  part = (part << 15) | (part >>> 17);
  const mixed = hash ^ Math.imul(part, 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finished(mixed: number, bytes: number): number {
  let hash = mixed ^ bytes;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
