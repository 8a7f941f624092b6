/** What was read of a file. */
export interface CachedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Names the state of the file that it is. */
  readonly state: string;
}

/** Files that were read, as many as fit: what was used longest ago goes first. */
export class ByteCache {
  private readonly files = new Map<string, CachedBytes>();
  private held = 0;

  /** @param most bytes in all */
  constructor(private readonly most: number) {}

  get(key: string): CachedBytes | undefined {
    const file = this.files.get(key);
    if (file !== undefined) {
      this.files.delete(key);
      this.files.set(key, file);
    }
    return file;
  }

  put(key: string, file: CachedBytes): void {
    this.delete(key);
    if (file.bytes.length > this.most) {
      return;
    }
    this.files.set(key, file);
    this.held += file.bytes.length;
    for (const oldest of this.files.keys()) {
      if (this.held <= this.most) {
        break;
      }
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    this.held -= this.files.get(key)?.bytes.length ?? 0;
    this.files.delete(key);
  }

  clear(): void {
    this.files.clear();
    this.held = 0;
  }
}
