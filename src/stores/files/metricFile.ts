import { type Stats, closeSync, openSync, readSync } from 'node:fs';
import { nextTurn } from '../local/abort';

/** About 20 ms of reading. */
const chunkSize = 2 * 1024 * 1024;
const newline = 10;
const settledMs = 2_500;

/**
 * Whether a last line without its line break counts: in a file that has just been written to it may
 * be the beginning of a longer one.
 */
export function isSettled(facts: Stats): boolean {
  return Date.now() - facts.mtimeMs >= settledMs;
}

/**
 * Takes whole lines, the first `end` bytes of `bytes`, which are good only until it returns. `taken` is how much of the file
 * has been taken then. False ends the reading.
 */
export type TakeLines = (bytes: Buffer, end: number, taken: number) => boolean;

/**
 * Hands the lines of a file, from byte `from` on, to `take` in pieces of whole lines; other work of this thread gets its turn
 * in between. A line of more than 2 MB ends it.
 *
 * @returns the byte up to which whole lines were taken
 * @throws AbortError, or what the file system says where the file cannot be read
 */
export async function readWholeLines(
  path: string,
  from: number,
  facts: Stats,
  signal: AbortSignal,
  take: TakeLines,
): Promise<number> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(chunkSize, Math.max(1, facts.size - from)));
    let taken = from;
    for (;;) {
      const read = readSync(file, buffer, 0, buffer.length, taken);
      const whole = read === 0 ? 0 : buffer.lastIndexOf(newline, read - 1) + 1;
      taken += whole;
      if (whole > 0 && !take(buffer, whole, taken)) return taken;
      if (whole === 0 || taken >= facts.size) {
        if (whole < read && isSettled(facts)) take(buffer.subarray(whole), read - whole, taken);
        return taken;
      }
      await nextTurn(signal);
    }
  } finally {
    closeSync(file);
  }
}
