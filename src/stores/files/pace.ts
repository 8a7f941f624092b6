import { checkAbort, nextTurn } from '../local/abort';

const turnMs = 12;

/** Lets other work of this thread through every few milliseconds. */
export class Pace {
  private since = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  /** Rejects with an `AbortError` once the signal has fired. */
  async step(): Promise<void> {
    checkAbort(this.signal);
    if (performance.now() - this.since > turnMs) {
      await nextTurn(this.signal);
      this.since = performance.now();
    }
  }
}
