import { abortError } from '../base/abortError';

export interface QueueLimits {
  /** Requests at a time. */
  readonly all: number;
  /** How many of them may be long ones, so that short ones always get through. */
  readonly long: number;
}

interface Waiting {
  readonly isLong: boolean;
  readonly start: () => void;
}

/** Lets through so many requests at a time, in the order in which they came. */
export class RequestQueue {
  private waiting: readonly Waiting[] = [];
  private open = 0;
  private openLong = 0;

  constructor(private readonly limits: QueueLimits) {}

  /** Does `work` when it is its turn; one whose `signal` fires before is never begun. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal, isLong = false): Promise<T> {
    await this.turn(isLong, signal);
    try {
      return await work();
    } finally {
      this.count(-1, isLong);
      this.next();
    }
  }

  private turn(isLong: boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(abortError());
        return;
      }
      const leave = (): void => {
        this.waiting = this.waiting.filter((other) => other !== entry);
        reject(abortError());
      };
      const entry: Waiting = {
        isLong,
        start: () => {
          signal.removeEventListener('abort', leave);
          this.count(1, isLong);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting = [...this.waiting, entry];
      this.next();
    });
  }

  private next(): void {
    const { all, long } = this.limits;
    while (this.open < all) {
      const entry = this.waiting.find(({ isLong }) => !isLong || this.openLong < long);
      if (entry === undefined) {
        return;
      }
      this.waiting = this.waiting.filter((other) => other !== entry);
      entry.start();
    }
  }

  private count(change: 1 | -1, isLong: boolean): void {
    this.open += change;
    this.openLong += isLong ? change : 0;
  }
}
