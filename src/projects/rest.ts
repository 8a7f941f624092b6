import type { SweepClock } from './persist';

/** A wait that can be cut short, also before it begins. */
export class Rest {
  private isOver = false;
  private wake: () => void = () => undefined;

  constructor(private readonly clock: SweepClock) {}

  /** Rejects with an `AbortError` once `signal` fires. */
  async pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.isOver) {
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      const enough = new AbortController();
      const either = AbortSignal.any([signal, enough.signal]);
      await Promise.race([woken, this.clock.wait(milliseconds, either).catch(() => undefined)]);
      enough.abort();
    }
    this.isOver = false;
    signal.throwIfAborted();
  }

  end(): void {
    this.isOver = true;
    this.wake();
  }
}
