/** Something that draws. */
export interface FrameJob {
  /** Draws what is due. */
  draw(): void;
  /** Lower is drawn first. */
  readonly urgency: number;
}

/** What a page may spend on drawing in one frame, in milliseconds, so that it still answers. */
const budget = 6;

/**
 * Draws at the pace of the screen: the most urgent jobs first, and as many of them in one frame as there is time
 * for. One that is asked for again before it was drawn is drawn once.
 */
export class Frames {
  private readonly due = new Set<FrameJob>();
  private handle: number | undefined;
  /** What one job took lately, in milliseconds. */
  private usual = 0;

  request(job: FrameJob): void {
    this.due.add(job);
    this.handle ??= requestAnimationFrame(() => this.run());
  }

  cancel(job: FrameJob): void {
    this.due.delete(job);
  }

  dispose(): void {
    if (this.handle !== undefined) cancelAnimationFrame(this.handle);
    this.handle = undefined;
    this.due.clear();
  }

  private run(): void {
    this.handle = undefined;
    const end = performance.now() + budget;
    const jobs = [...this.due].sort((one, other) => one.urgency - other.urgency);
    for (const job of jobs) {
      this.due.delete(job);
      const before = performance.now();
      job.draw();
      const after = performance.now();
      this.usual += (after - before - this.usual) / 4;
      if (after + this.usual >= end) break;
    }
    if (this.due.size > 0) this.handle ??= requestAnimationFrame(() => this.run());
  }
}
