import type { Disposable } from '../../base/disposable';

/** Fires when the caller's signal does, or when the time is up. */
export class Deadline implements Disposable {
  private readonly controller = new AbortController();
  private readonly abort = (): void => this.controller.abort();
  private timer: NodeJS.Timeout;

  /** `milliseconds` from now. */
  constructor(
    private readonly outer: AbortSignal,
    milliseconds: number,
  ) {
    this.timer = setTimeout(this.abort, milliseconds);
    outer.addEventListener('abort', this.abort);
    if (outer.aborted) {
      this.abort();
    }
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether the caller gave up. */
  get cancelled(): boolean {
    return this.outer.aborted;
  }

  /** Whether the time is up, or the caller gave up. */
  get passed(): boolean {
    return this.controller.signal.aborted;
  }

  /** Ends `milliseconds` from now instead. */
  move(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.abort, milliseconds);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener('abort', this.abort);
  }
}
