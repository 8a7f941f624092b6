/** Prints one line of progress for the person who waits. */
export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const secondsSince = (start: number): string => `${((Date.now() - start) / 1000).toFixed(1)} s`;

/**
 * Says what begins, says every 15 seconds that it still goes on, and says how long it took.
 *
 * @param text what is done, as in `installing MLflow`
 */
export const step = async <T,>(text: string, work: () => Promise<T>): Promise<T> => {
  const start = Date.now();
  say(`› ${text} …`);
  const pulse = setInterval(() => say(`  … still ${text} (${secondsSince(start)})`), 15_000);
  try {
    const result = await work();
    say(`  done: ${text} (${secondsSince(start)})`);
    return result;
  } catch (error) {
    say(`  failed: ${text} (${secondsSince(start)})`);
    throw error;
  } finally {
    clearInterval(pulse);
  }
};
