import type { Stats } from 'node:fs';

interface Entry {
  readonly mtimeMs: number;
  readonly size: number;
  readonly ino: number;
  readonly value: unknown;
  readonly weight: number;
}

/**
 * Clocks of file systems tick as rarely as every two seconds: whoever changes a file that has just been
 * written may leave its time as it was.
 */
const settledMs = 2_500;
/** Map, key and facts of an entry, roughly. */
const entryWeight = 250;

/**
 * What was read from files and folders, for as long as their time, size and inode stay. It holds about
 * `maxWeight` bytes: what was not asked for lately goes first.
 */
export class ReadCache {
  private young = new Map<string, Entry>();
  private old = new Map<string, Entry>();
  private weight = 0;

  constructor(private readonly maxWeight: number) {}

  /** What was kept for `path`, where it still is what `facts` say. */
  get<T>(path: string, facts: Stats): T | undefined {
    let entry = this.young.get(path);
    if (entry === undefined) {
      entry = this.old.get(path);
      if (entry !== undefined) this.add(path, entry);
    }
    return entry !== undefined &&
      entry.mtimeMs === facts.mtimeMs &&
      entry.size === facts.size &&
      entry.ino === facts.ino
      ? (entry.value as T)
      : undefined;
  }

  /** `facts` are those from before the reading; `weight` is the value's in bytes. */
  keep(path: string, facts: Stats, value: unknown, weight: number): void {
    if (Date.now() - facts.mtimeMs >= settledMs) {
      const { mtimeMs, size, ino } = facts;
      this.add(path, { mtimeMs, size, ino, value, weight });
    }
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
    this.weight = 0;
  }

  private add(path: string, entry: Entry): void {
    this.young.set(path, entry);
    this.weight += entry.weight + path.length + entryWeight;
    if (this.weight > this.maxWeight / 2) {
      this.old = this.young;
      this.young = new Map();
      this.weight = 0;
    }
  }
}
