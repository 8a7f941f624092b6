import type { AsyncBuffer } from 'hyparquet';

import { TableError } from '../tableError';
import type { TableProtocol } from '../tableProtocol';

interface Pending {
  readonly resolve: (bytes: ArrayBuffer) => void;
  readonly reject: (error: Error) => void;
}

/** Stretches of files that were asked for. */
export class WantedBytes {
  private readonly pending = new Map<number, Pending>();
  private last = 0;

  constructor(private readonly want: (wanted: TableProtocol['events']['want']) => void) {}

  /** A file of which single stretches are read as they are needed. */
  file(table: number, size: number): AsyncBuffer {
    return {
      byteLength: size,
      slice: (start, end = size) =>
        new Promise((resolve, reject) => {
          const ask = ++this.last;
          this.pending.set(ask, { resolve, reject });
          this.want({ table, ask, from: start, length: Math.max(0, end - start) });
        }),
    };
  }

  give(ask: number, bytes: Uint8Array<ArrayBuffer> | undefined): void {
    const pending = this.pending.get(ask);
    this.pending.delete(ask);
    if (bytes === undefined) {
      pending?.reject(new TableError('bytes'));
      return;
    }
    const { buffer, byteOffset, byteLength } = bytes;
    const isAll = byteOffset === 0 && byteLength === buffer.byteLength;
    pending?.resolve(isAll ? buffer : buffer.slice(byteOffset, byteOffset + byteLength));
  }
}
