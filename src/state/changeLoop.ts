import type { Disposable } from '../base/disposable';

export interface ChangeLoopOptions {
  /** Whether changes are to be followed. */
  readonly isNeeded: () => boolean;
  /** Resolves with the next change. */
  readonly next: (signal: AbortSignal) => Promise<void>;
  /** Reads anew what may have changed; what fails is shown where it belongs. */
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  /** Rests for so many milliseconds; rejects once `signal` fires. */
  readonly rest?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Many changes come at once: they are read together. */
const shortestRest = 200;
/** Where reading takes long, at most a fifth of the time is spent on it. */
const restPerWork = 4;
const longestRest = 30_000;

/** Reads anew at first, and whenever a store says that it has changed, for as long as that is needed. */
export class ChangeLoop implements Disposable {
  private controller: AbortController | undefined;

  constructor(private readonly options: ChangeLoopOptions) {}

  /** Looks anew whether changes are to be followed; call it whenever that may have changed. */
  poke(): void {
    if (!this.options.isNeeded()) {
      this.stop();
    } else if (this.controller === undefined) {
      const controller = new AbortController();
      this.controller = controller;
      void this.follow(controller.signal).finally(() => {
        if (this.controller === controller) {
          this.controller = undefined;
        }
      });
    }
  }

  /** What is in sight is something else now. */
  restart(): void {
    this.stop();
    this.poke();
  }

  dispose(): void {
    this.stop();
  }

  private stop(): void {
    this.controller?.abort();
    this.controller = undefined;
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { next, refresh, rest = wait } = this.options;
    let failures = 0;
    // Changes that were told to one who had just stopped listening must not be missed.
    let isStale = true;
    while (!signal.aborted) {
      let begun = Date.now();
      try {
        if (!isStale) {
          await next(signal);
          isStale = true;
        }
        begun = Date.now();
        await refresh(signal);
        isStale = false;
        failures = 0;
      } catch {
        // One of those who refresh may have given up: the others still follow.
        if (signal.aborted) {
          return;
        }
        failures++;
      }
      const usual = Math.max(shortestRest, (Date.now() - begun) * restPerWork);
      try {
        await rest(Math.min(longestRest, usual * 2 ** failures), signal);
      } catch {
        return;
      }
    }
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    }, milliseconds);
    const giveUp = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
