import type { Disposable } from '../base/disposable';

export interface RefreshLoopOptions {
  /** Seconds between refreshes; 0 or less means never. */
  readonly interval: () => number;
  /** Whether something is visible that still changes by itself. */
  readonly isNeeded: () => boolean;
  /** One refresh. A rejection slows the loop down, and is the refresher's to show. */
  readonly refresh: (signal: AbortSignal) => Promise<void>;
}

const slowest = 60_000;
/** Beyond this Node's timers fire at once. */
const longestTimer = 2 ** 31 - 1;
/** A server that answers slowly is asked more rarely: at most a tenth of the time is spent asking. */
const restPerWork = 9;

/** Refreshes again and again while that is needed; holds no timer while it is not. */
export class RefreshLoop implements Disposable {
  private timer: NodeJS.Timeout | undefined;
  private controller: AbortController | undefined;
  private failures = 0;

  constructor(private readonly options: RefreshLoopOptions) {}

  get isWaiting(): boolean {
    return this.timer !== undefined;
  }

  /** Looks anew whether refreshing is needed; call it whenever that may have changed. */
  poke(): void {
    if (!this.options.isNeeded() || this.options.interval() <= 0) {
      this.stop();
    } else if (this.timer === undefined && this.controller === undefined) {
      this.wait(0);
    }
  }

  /** Begins waiting anew, with the interval that now holds. */
  restart(): void {
    this.stop();
    this.poke();
  }

  dispose(): void {
    this.stop();
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.controller?.abort();
    this.controller = undefined;
    this.failures = 0;
  }

  private wait(workedFor: number): void {
    const usual = Math.max(this.options.interval() * 1000, workedFor * restPerWork);
    const slowed = Math.max(usual, Math.min(slowest, usual * 2 ** this.failures));
    const delay = Math.min(slowed, longestTimer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.tick();
    }, delay);
  }

  private async tick(): Promise<void> {
    const controller = new AbortController();
    this.controller = controller;
    const startedAt = Date.now();
    try {
      await this.options.refresh(controller.signal);
      this.failures = controller.signal.aborted ? this.failures : 0;
    } catch {
      this.failures += controller.signal.aborted ? 0 : 1;
    }
    if (this.controller === controller) {
      this.controller = undefined;
      if (this.options.isNeeded() && this.options.interval() > 0) {
        this.wait(Date.now() - startedAt);
      }
    }
  }
}
