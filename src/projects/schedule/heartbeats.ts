/** Silence, in milliseconds of our own clock, after which a claimant counts as dead. */
export const deadAfter = 45_000;
/** Between two readings at most so much counts: a server that was gone kept everybody silent. */
const countedGap = 15_000;

/** Tells claimants that live from those that do not, by whether their heartbeats change; clocks of machines are never compared. */
export class Heartbeats {
  private readonly known = new Map<string, { beat: string; silence: number }>();
  private lastReading: number | undefined;

  constructor(private readonly self: string) {}

  /** `now` is a time of a clock that only goes forward. */
  read(beats: ReadonlyMap<string, string>, now: number): void {
    const gap = Math.min(now - (this.lastReading ?? now), countedGap);
    this.lastReading = now;
    for (const claimant of this.known.keys()) {
      if (!beats.has(claimant)) this.known.delete(claimant);
    }
    for (const [claimant, beat] of beats) {
      const before = this.known.get(claimant);
      const silence = before?.beat === beat ? before.silence + gap : 0;
      this.known.set(claimant, { beat, silence });
    }
  }

  /** Who has taken its heartbeat away has gone. */
  isAlive(claimant: string): boolean {
    if (claimant === this.self) return true;
    return (this.known.get(claimant)?.silence ?? deadAfter) < deadAfter;
  }

  /** Others that live. */
  get others(): number {
    return [...this.known.keys()].filter((one) => one !== this.self && this.isAlive(one)).length;
  }
}
