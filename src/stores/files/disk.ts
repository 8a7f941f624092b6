import { type Stats, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { ReadCache } from './readCache';

/** Params, tags and descriptions are far smaller; what is larger is none. */
const maxTextSize = 16 * 1024 * 1024;
/** Drives of other kinds, such as of cloud storage, leave the time of a folder as it was when its entries change. */
const listingMs = 5_000;
const quiet = { throwIfNoEntry: false } as const;

interface Listing {
  readonly names: readonly string[];
  /** When it was made, by the clock. */
  readonly at: number;
}

/**
 * Looks at files and folders, and remembers what was in them while they stay as they are. Reading at once
 * instead of by the thread pool takes a fifth of the time for files this small; whoever reads many takes turns.
 */
export class Disk {
  private readonly cache = new ReadCache(64 * 1024 * 1024);
  private listedSince = -Infinity;

  /** `clock` gives milliseconds that go by. */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** Follows links; `undefined` for what is not there or may not be looked at. */
  facts(path: string): Stats | undefined {
    try {
      return statSync(path, quiet);
    } catch {
      return undefined;
    }
  }

  /** Whether `path` is a folder and no link to one, so that descending into it comes to an end. */
  isOwnFolder(path: string): boolean {
    try {
      return lstatSync(path, quiet)?.isDirectory() ?? false;
    } catch {
      return false;
    }
  }

  /** Names in a folder, sorted; `undefined` where it is none or cannot be read. */
  names(folder: string): readonly string[] | undefined {
    return this.listing(folder, folder, () => readdirSync(folder));
  }

  /** Names of the folders in a folder, links to others left out, sorted. */
  folders(folder: string): readonly string[] {
    const list = (): string[] =>
      readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
    // No other path that is remembered ends like this.
    return this.listing(folder, folder + sep, list) ?? [];
  }

  /** The text of a file, as UTF-8; `undefined` where it is no plain file, too large, or cannot be read. */
  text(path: string, facts: Stats): string | undefined {
    return this.parsed(path, facts, (text) => text);
  }

  /** What `parse` makes of a file's text; the same `path` always takes the same `parse`. */
  parsed<T>(path: string, facts: Stats, parse: (text: string) => T): T | undefined {
    const kept = this.cache.get<T>(path, facts);
    if (kept !== undefined) {
      return kept;
    }
    const text = this.fresh(path, facts);
    if (text === undefined) {
      return undefined;
    }
    const value = parse(text);
    this.cache.keep(path, facts, value, text.length);
    return value;
  }

  /** What was kept of `path` by `keep`. */
  kept<T>(path: string, facts: Stats): T | undefined {
    return this.cache.get<T>(path, facts);
  }

  /** `weight` is the value's size in bytes, roughly. */
  keep(path: string, facts: Stats, value: unknown, weight: number): void {
    this.cache.keep(path, facts, value, weight);
  }

  /** The text as it is now, past what is remembered. */
  fresh(path: string, facts: Stats): string | undefined {
    if (!facts.isFile() || facts.size > maxTextSize) {
      return undefined;
    }
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  }

  /** Lists every folder anew. */
  forgetListings(): void {
    this.listedSince = this.clock();
  }

  /** Lets go of everything that is remembered. */
  forget(): void {
    this.cache.clear();
  }

  private listing(
    folder: string,
    key: string,
    list: () => string[],
  ): readonly string[] | undefined {
    const facts = this.facts(folder);
    if (facts?.isDirectory() !== true) {
      return undefined;
    }
    const now = this.clock();
    const kept = this.cache.get<Listing>(key, facts);
    if (kept !== undefined && kept.at > this.listedSince && now - kept.at < listingMs) {
      return kept.names;
    }
    try {
      const names = list().sort();
      this.cache.keep(key, facts, { names, at: now } satisfies Listing, names.join().length);
      return names;
    } catch {
      return undefined;
    }
  }
}
