import type { ArtifactPlace } from '../mlflow/model';
import type { ArtifactStream, TrackingStore } from '../mlflow/trackingStore';

/** A file is larger than whoever asked for it takes. */
export class ArtifactTooLarge extends Error {
  override readonly name = 'ArtifactTooLarge';

  /** @param size bytes, where the store says */
  constructor(
    readonly most: number,
    readonly size: number | undefined,
  ) {
    super(`the file is larger than ${most} bytes`);
  }
}

/** Reads a whole file; rejects with {@link ArtifactTooLarge} where it is larger than `most` bytes, and reads no more of it. */
export async function readArtifact(
  store: Pick<TrackingStore, 'openArtifact'>,
  place: ArtifactPlace,
  most: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = await store.openArtifact(place, { from: 0 }, signal);
  try {
    return await readStream(stream, most, signal);
  } finally {
    stream.close();
  }
}

/** Reads an open file to its end, and tells each piece; rejects as {@link readArtifact} does. Does not close it. */
export async function readStream(
  stream: ArtifactStream,
  most: number,
  signal: AbortSignal,
  onPiece?: (piece: Uint8Array) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  if (stream.size !== undefined && stream.size > most) {
    throw new ArtifactTooLarge(most, stream.size);
  }
  const read: Uint8Array[] = [];
  let length = 0;
  for (let piece = await stream.read(signal); piece; piece = await stream.read(signal)) {
    length += piece.length;
    if (length > most) {
      throw new ArtifactTooLarge(most, stream.size);
    }
    read.push(piece);
    onPiece?.(piece);
  }
  return joined(read);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
