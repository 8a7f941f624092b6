/** Holds a page's state and tells, at most once per frame, that it has changed. */
export class PageStore<S, A> {
  private readonly listeners = new Set<(state: S) => void>();
  private isScheduled = false;

  constructor(
    private current: S,
    private readonly reduce: (state: S, action: A) => S,
  ) {}

  get state(): S {
    return this.current;
  }

  /** For handing on without its object. */
  readonly dispatch = (action: A): void => {
    const next = this.reduce(this.current, action);
    if (next === this.current) return;
    this.current = next;
    this.schedule();
  };

  /** Calls `listener` before the next frame after changes. */
  onChange(listener: (state: S) => void): void {
    this.listeners.add(listener);
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      this.listeners.forEach((listener) => listener(this.current));
    });
  }
}
