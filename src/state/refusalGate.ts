/** So long a refusal is taken for the answer to further requests, too, in milliseconds. */
const pause = 10_000;

/**
 * Lets requests through unless the server refuses who asks, since it would count each against the account: then one goes
 * ahead now and then, and the others wait for what comes of it.
 */
export class RefusalGate {
  private trial: Promise<unknown> | undefined;
  private triedAt = -Infinity;

  /** @param refusal why the server refused the last request; `undefined` where it did not */
  async run<T>(refusal: () => Error | undefined, ask: () => Promise<T>): Promise<T> {
    while (this.trial !== undefined) {
      await this.trial;
    }
    const refused = refusal();
    if (refused === undefined) {
      return ask();
    }
    if (Date.now() - this.triedAt < pause) {
      throw refused;
    }
    const answer = ask();
    this.trial = answer
      .catch(() => undefined)
      .finally(() => {
        this.triedAt = Date.now();
        this.trial = undefined;
      });
    return answer;
  }
}
