/** How a failed read is tried again; times in milliseconds. */
export interface RetryLimits {
  /** Tries of one request in all. */
  readonly tries: number;
  /** So long after the first failure, the failure is told at the latest. */
  readonly window: number;
  /** About so long it waits before the second try, and twice as long before the third. */
  readonly pause: number;
  /** The same for a server that says it is too busy. */
  readonly busyPause: number;
}

/** How a try failed: the connection was reset, or an answer came that may not be the last word. */
export type Setback =
  | { readonly kind: 'reset' }
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Seconds. */
      readonly retryAfter: number | undefined;
    };

const passing: readonly number[] = [408, 429, 500, 502, 503, 504];
const busy: readonly number[] = [408, 429, 503];

/** Whether an answer with this status may be another one the next time. */
export function isPassing(status: number): boolean {
  return passing.includes(status);
}

/** When one request is tried again, and for how long. */
export class Retries {
  private failures = 0;
  /** When the window closes, once it is open. */
  private closes = Infinity;

  constructor(private readonly limits: RetryLimits) {}

  /** Whether a failure is known that has to be told when the window closes. */
  get isOpen(): boolean {
    return this.closes < Infinity;
  }

  /** Milliseconds until the window closes; `Infinity` while it is not open. */
  get left(): number {
    return this.closes - performance.now();
  }

  /**
   * Milliseconds until the next try; `undefined` when there is none. A connection that was reset in the
   * first try may be a kept one that the server closed just now: that says nothing of the server,
   * so the next try comes at once and has all the time.
   */
  after(setback: Setback): number | undefined {
    this.failures++;
    if (this.failures >= this.limits.tries) {
      return undefined;
    }
    if (setback.kind === 'reset' && this.failures === 1) {
      return 0;
    }
    if (!this.isOpen) {
      this.closes = performance.now() + this.limits.window;
    }
    const pause = this.pauseAfter(setback);
    return pause < this.left ? pause : undefined;
  }

  private pauseAfter(setback: Setback): number {
    if (setback.kind === 'status' && setback.retryAfter !== undefined) {
      return setback.retryAfter * 1000;
    }
    const isBusy = setback.kind === 'status' && busy.includes(setback.status);
    const most = (isBusy ? this.limits.busyPause : this.limits.pause) * 2 ** (this.failures - 1);
    return most * (0.5 + Math.random() / 2);
  }
}

/** Seconds of a `Retry-After` header, which holds such a number or an HTTP date; `undefined` for neither. */
export function parseRetryAfter(header: string, now = Date.now()): number | undefined {
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) {
    return Number(text);
  }
  const date = /^[A-Z][a-z]{2}[a-z]*,? /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
