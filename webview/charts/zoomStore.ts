import type { Range } from './range';

/** Which part of the axes charts show; `undefined` is all of it. Charts share the horizontal one while they are linked. */
export class ZoomStore {
  private shared: Range | undefined;
  private readonly own = new Map<string, Range>();
  private readonly heights = new Map<string, Range>();
  private linked = true;

  /** `onChange` is called with the metric whose chart alone it concerns, or without for all of them. */
  constructor(private readonly onChange: (metric: string | undefined) => void) {}

  get isLinked(): boolean {
    return this.linked;
  }

  get isAnywhere(): boolean {
    return this.shared !== undefined || this.own.size > 0 || this.heights.size > 0;
  }

  /** Linking takes over the part that `metric` shows, and unlinking leaves every chart where it is. */
  setLinked(linked: boolean, metrics: readonly string[]): void {
    if (linked === this.linked) return;
    this.linked = linked;
    if (!linked && this.shared !== undefined) {
      for (const metric of metrics) this.own.set(metric, this.shared);
    }
    this.shared = linked ? this.own.values().next().value : undefined;
    if (linked) this.own.clear();
    this.onChange(undefined);
  }

  window(metric: string): Range | undefined {
    return this.linked ? this.shared : this.own.get(metric);
  }

  height(metric: string): Range | undefined {
    return this.heights.get(metric);
  }

  setWindow(metric: string, window: Range | undefined): void {
    if (this.linked) this.shared = window;
    else if (window === undefined) this.own.delete(metric);
    else this.own.set(metric, window);
    this.onChange(this.linked ? undefined : metric);
  }

  setHeight(metric: string, height: Range | undefined): void {
    if (height === undefined) this.heights.delete(metric);
    else this.heights.set(metric, height);
    this.onChange(metric);
  }

  /** Shows everything again; the axis became another one, or somebody wants it. */
  reset(): void {
    if (!this.isAnywhere) return;
    this.shared = undefined;
    this.own.clear();
    this.heights.clear();
    this.onChange(undefined);
  }
}
