/** A function among the arguments of a request, as it crosses the thread. */
export interface CallbackRef {
  readonly callback: number;
}

/** Milliseconds between two calls. */
const interval = 100;

/** The function that a {@link CallbackRef} stands for, called about ten times a second at most. */
class Telling {
  private last: { readonly value: unknown } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly emit: (value: unknown) => void) {}

  readonly tell = (value: unknown): void => {
    this.last = { value };
    if (this.timer === undefined) {
      this.flush();
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.flush();
      }, interval);
    }
  };

  /** Tells the last that is not told yet. */
  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flush();
  }

  private flush(): void {
    if (this.last !== undefined) {
      const { value } = this.last;
      this.last = undefined;
      this.emit(value);
    }
  }
}

export function isCallbackRef(value: unknown): value is CallbackRef {
  return typeof value === 'object' && value !== null && 'callback' in value;
}

/** At the worker's end: the requests that tell of their progress, each until it has settled. */
export class TellingCalls {
  private readonly open = new Map<number, AbortController>();

  constructor(private readonly emit: (callback: number, value: unknown) => void) {}

  /** Everything was told before it settles. */
  async carryOut<T>(
    args: readonly unknown[],
    work: (args: readonly unknown[], signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const callback = args.find(isCallbackRef)?.callback ?? 0;
    const controller = new AbortController();
    const telling = new Telling((value) => this.emit(callback, value));
    this.open.set(callback, controller);
    try {
      const filled = args.map((arg) => (isCallbackRef(arg) ? telling.tell : arg));
      return await work(filled, controller.signal);
    } finally {
      this.open.delete(callback);
      telling.end();
    }
  }

  giveUp(callback: number): void {
    this.open.get(callback)?.abort();
  }
}
