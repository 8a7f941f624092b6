import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median } from './median.mts';

/** What is timed; resolves to how many things it got. */
export type Work = () => Promise<number>;

/** Milliseconds of `work`, which has to return `expected`. */
export async function time(work: Work, expected: number): Promise<number> {
  const started = performance.now();
  const got = await work();
  const elapsed = performance.now() - started;
  if (got !== expected) {
    throw new Error(`${got} instead of ${expected}`);
  }
  return elapsed;
}

/** Ours `rounds` times around each of two requests to the server, which may take half a minute. */
export async function compare(
  what: string,
  expected: [number, number],
  ours: Work,
  server: Work,
  rounds: number,
): Promise<void> {
  await time(ours, expected[0]);
  const mine: number[] = [];
  const theirs: number[] = [];
  for (let half = 0; half < 2; half++) {
    for (let round = 0; round < rounds; round++) {
      mine.push(await time(ours, expected[0]));
    }
    theirs.push(await time(server, expected[1]));
  }
  const [a, b] = [median(mine), median(theirs)];
  console.log(
    `${what.padEnd(44)} ours ${a.toFixed(0)} ms  server ${b.toFixed(0)} ms  x${(b / a).toFixed(1)}`,
  );
}

/** One request, as JSON; `body` makes it a POST. */
export async function ask<T>(url: string, body?: object): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(
    url,
    body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) },
  );
  if (!reply.ok) {
    throw new Error(`${url.slice(0, 200)}: ${reply.status}`);
  }
  return (await reply.json()) as T;
}

/** What this thread holds after everything that can be let go was. */
export function memoryNow(): string {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return `${((heapUsed + arrayBuffers) / 2 ** 20).toFixed(1)} MB used, ${(rss / 2 ** 20).toFixed(0)} MB resident`;
}
