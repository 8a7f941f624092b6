/** Something to be done in its turn. */
export interface Turn {
  /** How many seats it takes; one that takes all of them is alone. */
  readonly seats: number;
  /** Before this has settled, others may go first. */
  readonly ready: Promise<unknown>;
  run(): Promise<unknown>;
}

/**
 * Does as much at once as there are seats for. Next is always the first that is ready; when it does not fit yet,
 * those after it wait as well, so that what is to be alone gets its turn.
 *
 * @param seats no turn may take more
 */
export const takeTurns = async (turns: readonly Turn[], seats: number): Promise<void> => {
  const waiting = [...turns];
  const ready = new Set<Turn>();
  let free = seats;
  let look = (): void => undefined;
  let failed = false;
  let failure: unknown;
  for (const turn of turns) {
    const getReady = (): void => {
      ready.add(turn);
      look();
    };
    turn.ready.then(getReady, getReady);
  }
  while (waiting.length > 0 || free < seats) {
    const changed = new Promise<void>((resolve) => (look = resolve));
    const next = failed ? undefined : waiting.find((turn) => ready.has(turn));
    if (next === undefined || next.seats > free) {
      if (failed && free === seats) break;
      await changed;
      continue;
    }
    waiting.splice(waiting.indexOf(next), 1);
    free -= next.seats;
    next
      .run()
      .catch((error: unknown) => {
        failed = true;
        failure = error;
      })
      .finally(() => {
        free += next.seats;
        look();
      });
  }
  if (failed) throw failure;
};
