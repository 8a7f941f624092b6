import { abortError } from '../base/abortError';
import { MlflowError } from '../mlflow/errors';
import type { ArtifactStream } from '../mlflow/trackingStore';
import { Transferred } from '../protocol/rpc';
import type { StreamHandle } from './storeProtocol';

type Piece = Uint8Array<ArrayBuffer> | undefined;

interface OpenStream {
  /** Id of the store that it is of. */
  readonly store: number;
  readonly stream: ArtifactStream;
  readonly controller: AbortController;
  /** The next piece is read while the other end deals with the one before. */
  ahead: Promise<Piece>;
}

/** The streams that the other end of the thread reads, piece by piece, until it has all or closes them. */
export class OpenStreams {
  private readonly open = new Map<number, OpenStream>();
  private lastId = 0;

  keep(store: number, stream: ArtifactStream): StreamHandle {
    const controller = new AbortController();
    const id = ++this.lastId;
    this.open.set(id, { store, stream, controller, ahead: readAhead(stream, controller.signal) });
    const { size, from, validator } = stream;
    return { stream: id, size, from, validator };
  }

  /** Whatever ends it ends the stream, being cancelled too. */
  async read(id: number, signal: AbortSignal): Promise<Piece | Transferred<Piece>> {
    const entry = this.open.get(id);
    if (entry === undefined) {
      throw new MlflowError('unreachable', 'cut', { serverMessage: 'the file was closed' });
    }
    const giveUp = (): void => this.close(id);
    signal.addEventListener('abort', giveUp);
    try {
      const piece = await entry.ahead;
      if (signal.aborted) {
        throw abortError();
      }
      if (piece === undefined) {
        this.close(id);
        return undefined;
      }
      entry.ahead = readAhead(entry.stream, entry.controller.signal);
      return new Transferred(piece, [piece.buffer]);
    } catch (error) {
      this.close(id);
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  close(id: number): void {
    const entry = this.open.get(id);
    this.open.delete(id);
    entry?.controller.abort();
    entry?.stream.close();
  }

  closeAllOf(store: number): void {
    for (const [id, entry] of this.open) {
      if (entry.store === store) {
        this.close(id);
      }
    }
  }
}

/** Its failure is told to whoever reads next, who may never do so. */
function readAhead(stream: ArtifactStream, signal: AbortSignal): Promise<Piece> {
  const piece = stream.read(signal);
  piece.catch(() => undefined);
  return piece;
}
