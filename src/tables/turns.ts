const turnMs = 12;

/** Lets other requests through every few milliseconds. */
export class Turns {
  private since = performance.now();

  constructor(private readonly signal: AbortSignal) {}

  /** Rejects with an `AbortError` once the signal has fired. */
  async step(): Promise<void> {
    if (performance.now() - this.since > turnMs) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.since = performance.now();
    }
    if (this.signal.aborted) {
      throw new DOMException('This operation was aborted', 'AbortError');
    }
  }
}
