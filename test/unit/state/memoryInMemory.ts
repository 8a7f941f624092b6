import type { Memory } from '../../../src/state/memory';

/** What is remembered, as JSON would bring it back. */
export class MemoryInMemory implements Memory {
  readonly kept = new Map<string, unknown>();

  get(key: string): unknown {
    return this.kept.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) {
      this.kept.delete(key);
    } else {
      this.kept.set(key, JSON.parse(JSON.stringify(value)));
    }
    return Promise.resolve();
  }
}
