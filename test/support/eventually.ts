import { setTimeout as delay } from 'node:timers/promises';

/** How long something may take that is expected to come; two editors share the machine. */
export const patience = 30_000;

/** Looks again and again until `read` gives what `wanted` takes; tells what it gave last if not. */
export const eventually = async <T>(
  what: string,
  read: () => Promise<T> | T,
  wanted: (value: T) => boolean,
  limit = patience,
): Promise<T> => {
  const deadline = Date.now() + limit;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`Waited in vain for ${what}; last seen: ${JSON.stringify(value)}`);
    await delay(50);
  }
};

/** Looks for a while whether what is so stays so. */
export const staysSo = async (
  what: string,
  milliseconds: number,
  holds: () => Promise<boolean> | boolean,
): Promise<void> => {
  for (const end = Date.now() + milliseconds; Date.now() < end; await delay(50))
    if (!(await holds())) throw new Error(`It did not stay so: ${what}`);
};
