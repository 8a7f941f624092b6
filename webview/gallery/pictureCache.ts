import type { PicturePlace } from '../../src/protocol/pictureRequests';
import { reasonOf } from '../kit/announce';

/** What is known of a picture. */
export type Picture =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'ready';
      /** For an `<img>`; good as long as the picture is wanted. */
      readonly url: string;
      /** Bytes of the file. */
      readonly size: number;
    }
  | { readonly kind: 'failed'; readonly sentence: string };

export interface PictureCacheOptions {
  readonly read: (place: PicturePlace, signal: AbortSignal) => Promise<Uint8Array>;
  /** Something is known of a picture that was not before. */
  readonly onChange: () => void;
  /** Bytes of files that are held, beyond those that are wanted just now. */
  readonly mostBytes?: number | undefined;
  /** Requests at a time. */
  readonly atOnce?: number | undefined;
}

type Entry = Exclude<Picture, { kind: 'loading' }>;

/** Reads pictures that are wanted and holds some that were; what nobody wants any more is given up. */
export class PictureCache {
  /** The one that was wanted longest ago first. */
  private readonly held = new Map<string, Entry>();
  private readonly reading = new Map<string, AbortController>();
  private wanted: ReadonlyMap<string, PicturePlace> = new Map();
  private readonly mostBytes: number;
  private readonly atOnce: number;

  constructor(private readonly options: PictureCacheOptions) {
    this.mostBytes = options.mostBytes ?? 64 * 1024 * 1024;
    this.atOnce = options.atOnce ?? 6;
  }

  get(place: PicturePlace): Picture {
    return this.held.get(idOf(place)) ?? { kind: 'loading' };
  }

  /** Bytes of the files that are held. */
  get bytes(): number {
    return [...this.held.values()].reduce((sum, each) => sum + sizeOf(each), 0);
  }

  /** Says which pictures are to be seen, the first of them first. */
  want(places: readonly PicturePlace[]): void {
    this.wanted = new Map(places.map((place) => [idOf(place), place]));
    for (const [id, controller] of this.reading) if (!this.wanted.has(id)) controller.abort();
    for (const id of this.wanted.keys()) {
      const entry = this.held.get(id);
      if (entry === undefined) continue;
      this.held.delete(id);
      this.held.set(id, entry);
    }
    this.begin();
  }

  /** Forgets what failed, so that it is tried again. */
  retry(place: PicturePlace): void {
    const id = idOf(place);
    if (this.held.get(id)?.kind === 'failed') this.held.delete(id);
    this.begin();
  }

  dispose(): void {
    this.wanted = new Map();
    this.reading.forEach((controller) => controller.abort());
    this.held.forEach((entry) => release(entry));
    this.held.clear();
  }

  private begin(): void {
    for (const [id, place] of this.wanted) {
      if (this.reading.size >= this.atOnce) return;
      if (!this.held.has(id) && !this.reading.has(id)) void this.read(id, place);
    }
  }

  private async read(id: string, place: PicturePlace): Promise<void> {
    const controller = new AbortController();
    this.reading.set(id, controller);
    let entry: Entry | undefined;
    try {
      const bytes = await this.options.read(place, controller.signal);
      const url = URL.createObjectURL(pictureBlob(place.path, bytes));
      entry = { kind: 'ready', url, size: bytes.length };
    } catch (error) {
      entry = { kind: 'failed', sentence: reasonOf(error) };
    }
    this.reading.delete(id);
    if (controller.signal.aborted) release(entry);
    else {
      this.held.set(id, entry);
      this.shrink();
      this.options.onChange();
    }
    this.begin();
  }

  private shrink(): void {
    let { bytes } = this;
    for (const [id, entry] of this.held) {
      if (bytes <= this.mostBytes) return;
      if (this.wanted.has(id)) continue;
      bytes -= sizeOf(entry);
      this.held.delete(id);
      release(entry);
    }
  }
}

/** The bytes as a file; only SVG has to be named, and an `<img>` runs none of its scripts. */
export function pictureBlob(path: string, bytes: Uint8Array): Blob {
  const type = /\.svg$/i.test(path) ? 'image/svg+xml' : 'image/png';
  return new Blob([new Uint8Array(bytes)], { type });
}

function idOf({ run, path }: PicturePlace): string {
  return `${run}\n${path}`;
}

function sizeOf(entry: Entry): number {
  return entry.kind === 'ready' ? entry.size : 0;
}

function release(entry: Entry): void {
  if (entry.kind === 'ready') URL.revokeObjectURL(entry.url);
}
