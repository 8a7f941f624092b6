import type { ChartModel } from './chartModel';
import { drawnLine, lineParts, type LinePart, type View } from './drawnLines';
import type { FrameJob } from './frames';
import { type DrawnLine, paintLines } from './paintLines';
import type { Projections } from './projection';

/** More points than this are not drawn in one go: it would hold up the page. */
export const pointsAtOnce = 30_000;
/** What one step may take, in milliseconds. */
const stepTime = 5;

/** What a picture was drawn for; another one needs another picture. */
export interface RefinementKey {
  readonly model: ChartModel;
  readonly view: View;
  readonly projections: Projections;
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** Draws many lines with all their points beside the page's frames, a few lines at a time, onto a canvas of its own. */
export class Refinement implements FrameJob {
  readonly urgency = 10_000;
  readonly canvas = document.createElement('canvas');
  readonly lines: DrawnLine[] = [];
  private readonly parts: readonly LinePart[];
  private next = 0;

  constructor(
    readonly key: RefinementKey,
    /** Asks for the next step on one of the next frames. */
    private readonly again: (job: FrameJob) => void,
    private readonly onDone: () => void,
  ) {
    this.parts = lineParts(key.model);
    this.canvas.width = Math.round(key.width * devicePixelRatio);
    this.canvas.height = Math.round(key.height * devicePixelRatio);
  }

  get isDone(): boolean {
    return this.next === this.parts.length;
  }

  draw(): void {
    const pen = this.canvas.getContext('2d');
    if (pen === null || this.isDone) return;
    const { x, y } = this.key.projections;
    const end = performance.now() + stepTime;
    pen.save();
    pen.scale(devicePixelRatio, devicePixelRatio);
    pen.beginPath();
    pen.rect(x.start, y.end, x.end - x.start, y.start - y.end);
    pen.clip();
    while (!this.isDone && performance.now() < end) {
      const line = drawnLine(this.parts[this.next++]!, this.key.view, false);
      paintLines(pen, [line], x, y);
      this.lines.push(line);
    }
    pen.restore();
    if (this.isDone) this.onDone();
    else this.again(this);
  }

  /** Gives the memory of the picture back. */
  dispose(): void {
    this.next = this.parts.length;
    this.canvas.width = 0;
    this.canvas.height = 0;
  }
}
