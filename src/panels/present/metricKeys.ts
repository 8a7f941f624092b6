/** The metric keys of all runs of a page, each with its place; there are only ever more of them. */
export class MetricKeys {
  private readonly places = new Map<string, number>();

  get all(): readonly string[] {
    return [...this.places.keys()];
  }

  /** The place of a key, a new one if it has none. */
  place(key: string): number {
    const known = this.places.get(key);
    if (known !== undefined) {
      return known;
    }
    const place = this.places.size;
    this.places.set(key, place);
    return place;
  }
}
