import type { ChartsLink } from './chartsState';
import { Frames } from './frames';
import { type Ink, readInk } from './ink';
import { SeriesCache } from './seriesCache';
import { ZoomStore } from './zoomStore';

/** Where the crosshair of all charts is, and which chart the pointer is in. */
export interface Crosshair {
  readonly metric: string;
  readonly x: number;
}

/** A chart that follows what concerns all of them. */
export interface HubMember {
  readonly metric: string;
  seriesChanged(run: string, metric: string): void;
  zoomChanged(): void;
  crosshairChanged(): void;
  /** Nothing has moved for a moment. */
  settled(): void;
  inkChanged(): void;
}

/** Series are held up to this size, which is ten million points. */
const mostBytes = 240_000_000;
/** The extension asks a server four at a time; one more of each is on its way then. */
const atATime = 8;
const settlingTime = 140;

/** What the charts of the page share: series, zoom, crosshair, and the time to draw in. */
export class ChartsHub {
  readonly cache: SeriesCache;
  readonly frames = new Frames();
  readonly zoom = new ZoomStore((metric) => this.zoomMoved(metric));
  readonly members = new Set<HubMember>();
  private currentInk: Ink | undefined;
  private currentCrosshair: Crosshair | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly link: ChartsLink,
    sampledPoints: number,
    /** Shows a run apart from the others, everywhere. */
    readonly highlight: (run: string | undefined) => void,
    /** Is called when zooming came to rest. */
    private readonly onSettled: () => void,
  ) {
    this.cache = new SeriesCache(
      (params, signal) => link.series(params, signal),
      (run, metric) => this.members.forEach((member) => member.seriesChanged(run, metric)),
      { sampledPoints, mostBytes, atATime },
    );
  }

  get ink(): Ink {
    this.currentInk ??= readInk(document.body);
    return this.currentInk;
  }

  get crosshair(): Crosshair | undefined {
    return this.currentCrosshair;
  }

  /** Whether something moves, so that drawing has to be fast rather than complete. */
  get isMoving(): boolean {
    return this.timer !== undefined;
  }

  setCrosshair(crosshair: Crosshair | undefined): void {
    const before = this.currentCrosshair;
    if (before?.metric === crosshair?.metric && before?.x === crosshair?.x) return;
    this.currentCrosshair = crosshair;
    this.members.forEach((member) => member.crosshairChanged());
  }

  /** The theme has changed. */
  forgetInk(): void {
    this.currentInk = undefined;
    this.members.forEach((member) => member.inkChanged());
  }

  moved(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.members.forEach((member) => member.settled());
      this.onSettled();
    }, settlingTime);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.frames.dispose();
    this.cache.dispose();
  }

  private zoomMoved(metric: string | undefined): void {
    this.moved();
    for (const member of this.members) {
      if (metric === undefined || member.metric === metric) member.zoomChanged();
    }
  }
}
