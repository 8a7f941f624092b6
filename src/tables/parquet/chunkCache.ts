type Chunk = ArrayLike<unknown>;

/** So many cells are kept; what is used just now may be more. */
const mostCells = 10e6;

/** Decoded cells by column and group of rows; those that were used longest ago go first. */
export class ChunkCache {
  private readonly kept = new Map<string, Promise<Chunk>>();
  private readonly sizes = new Map<string, number>();

  constructor(private readonly read: (column: number, group: number) => Promise<Chunk>) {}

  async get(column: number, group: number): Promise<Chunk> {
    const key = `${column} ${group}`;
    const known = this.kept.get(key);
    const reading = known ?? this.read(column, group);
    this.kept.delete(key);
    this.kept.set(key, reading);
    try {
      const chunk = await reading;
      this.sizes.set(key, chunk.length);
      this.forget(key);
      return chunk;
    } catch (error) {
      // The next one who wants it tries again.
      this.kept.delete(key);
      throw error;
    }
  }

  private forget(except: string): void {
    let sum = 0;
    for (const size of this.sizes.values()) sum += size;
    for (const key of this.kept.keys()) {
      if (sum <= mostCells) return;
      const size = this.sizes.get(key);
      if (key === except || size === undefined) continue;
      sum -= size;
      this.sizes.delete(key);
      this.kept.delete(key);
    }
  }
}
