import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds of rest after which memory is given back. */
const rest = 2_000;

let timer: NodeJS.Timeout | undefined;

/**
 * Gives back what a large text has left, once nothing was asked for some time: while nothing happens, Node.js never
 * looks for what it could free.
 */
export function freeMemoryWhenIdle(): void {
  clearTimeout(timer);
  timer = setTimeout(collect, rest);
  timer.unref();
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as (options: object) => void;
  // Any other kind keeps the pages for later.
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
