/** Keys, each with its place; there are only ever more of them. */
export class KeyPlaces {
  private readonly places = new Map<string, number>();
  private readonly keys: string[] = [];

  /** In their places; it grows. */
  get all(): readonly string[] {
    return this.keys;
  }

  /** The place of a key, a new one if it has none. */
  place(key: string): number {
    const known = this.places.get(key);
    if (known !== undefined) {
      return known;
    }
    const place = this.keys.length;
    this.places.set(key, place);
    this.keys.push(key);
    return place;
  }
}
