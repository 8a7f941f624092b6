import { abortError } from '../../src/base/abortError';
import type { SweepClock } from '../../src/projects/persist';

/** Time that passes only when nothing else is left to do, so that hours of a simulation take a moment. */
export class VirtualClock implements SweepClock {
  private time = 0;
  private timers: { at: number; ring: () => void }[] = [];

  constructor(readonly random: () => number) {}

  now(): number {
    return this.time;
  }

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(abortError());
      const timer = { at: this.time + milliseconds, ring: resolve };
      this.timers.push(timer);
      signal.addEventListener(
        'abort',
        () => {
          this.timers = this.timers.filter((one) => one !== timer);
          reject(abortError());
        },
        { once: true },
      );
    });
  }

  after(milliseconds: number, ring: () => void): void {
    this.timers.push({ at: this.time + milliseconds, ring });
  }

  /** Lets time pass until `isOver`, or until so much of it has passed. */
  async run(isOver: () => boolean, limit: number): Promise<void> {
    const end = this.time + limit;
    while (!isOver()) {
      for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (isOver()) return;
      const next = this.timers.reduce<(typeof this.timers)[number] | undefined>(
        (first, timer) => (first === undefined || timer.at < first.at ? timer : first),
        undefined,
      );
      if (next === undefined || next.at > end) throw new Error(`not over at ${this.time} ms`);
      this.timers = this.timers.filter((timer) => timer !== next);
      this.time = next.at;
      next.ring();
    }
  }
}
