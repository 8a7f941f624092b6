import type { ArtifactStream } from '../../mlflow/trackingStore';

type Bytes = Uint8Array<ArrayBuffer>;

/** The bytes of a file as a store gets them; {@link toStream} makes the port's stream of it. */
export interface ByteSource {
  /** Bytes of the whole file; absent where nobody says. */
  readonly size: number | undefined;
  /** Place of the first byte that comes. */
  readonly from: number;
  /** Names this state of the file. */
  readonly validator: string | undefined;
  /** Hexadecimal MD5 of the whole file, where its keeper says so. */
  readonly md5?: string | undefined;
  /**
   * What comes next, {@link pieceSize} together or a little more, unless that takes long; `undefined` after the last.
   * Rejects as the port's stream does. One is asked for at a time.
   */
  next(signal: AbortSignal): Promise<readonly Uint8Array[] | undefined>;
  close(): void;
}

/** About so many bytes come at once. */
export const pieceSize = 1024 * 1024;

/** A source as the port has it: each piece is one buffer of its own, which can be handed on. */
export function toStream(source: ByteSource): ArtifactStream {
  const { size, from, validator } = source;
  return {
    size,
    from,
    validator,
    read: async (signal) => {
      const chunks = await source.next(signal);
      return chunks === undefined ? undefined : joined(chunks);
    },
    close: () => source.close(),
  };
}

export function joined(chunks: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const chunk of chunks) {
    whole.set(chunk, place);
    place += chunk.length;
  }
  return whole;
}
