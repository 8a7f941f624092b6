import type { Readable } from 'node:stream';
import { abortError } from '../../base/abortError';
import { MlflowError, type MlflowErrorDetail } from '../../mlflow/errors';
import { type ByteSource, pieceSize } from '../bytes/byteSource';
import { networkFailure } from './failures';

/** So long a piece that is not whole waits for more, in milliseconds. */
const patience = 150;

/** What is known of a body before it is read. */
export interface BodyFacts {
  readonly size: number | undefined;
  readonly from: number;
  readonly validator: string | undefined;
  readonly md5?: string | undefined;
  /** So many bytes of the body are not wanted. */
  readonly skip: number;
  /** So many bytes are wanted after these; all without it. */
  readonly length: number | undefined;
  /** So many bytes the body should have; absent where nobody said. */
  readonly expected: number | undefined;
}

/** The body of an answer, read only as fast as somebody asks for it. */
export class BodySource implements ByteSource {
  readonly size: number | undefined;
  readonly from: number;
  readonly validator: string | undefined;
  readonly md5: string | undefined;
  private arrived = 0;
  private failure: unknown;
  private done = false;

  constructor(
    private readonly body: Readable,
    private readonly facts: BodyFacts,
    private readonly detail: MlflowErrorDetail,
  ) {
    ({ size: this.size, from: this.from, validator: this.validator, md5: this.md5 } = facts);
    body.on('error', (error) => (this.failure ??= error));
  }

  async next(signal: AbortSignal): Promise<readonly Uint8Array[] | undefined> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    let ends = Infinity;
    const take = (): boolean => {
      const chunk = this.body.read() as Buffer | null;
      const wanted = chunk === null ? undefined : this.wantedOf(chunk);
      if (wanted !== undefined && wanted.length > 0) {
        chunks.push(wanted);
        length += wanted.length;
        ends = Math.min(ends, performance.now() + patience);
      }
      return chunk !== null;
    };
    while (!this.done && length < pieceSize && performance.now() < ends) {
      if (signal.aborted) {
        this.close();
        throw abortError();
      }
      if (take()) {
        continue;
      }
      if (this.body.readableEnded || this.body.destroyed || this.failure !== undefined) {
        if (length === 0) {
          this.finish();
        }
        break;
      }
      await this.something(ends, signal);
    }
    return length === 0 ? undefined : chunks;
  }

  close(): void {
    this.done = true;
    this.body.on('error', () => undefined).destroy();
  }

  /** The part of a chunk that was asked for. */
  private wantedOf(chunk: Buffer): Uint8Array {
    const { skip, length } = this.facts;
    const start = this.arrived;
    this.arrived += chunk.length;
    const end = length === undefined ? Infinity : skip + length;
    if (this.arrived >= end) {
      this.close();
    }
    return chunk.subarray(Math.max(0, skip - start), Math.max(0, end - start));
  }

  /** Nothing more comes: it is the end, or the connection broke. */
  private finish(): void {
    const { expected } = this.facts;
    if (this.failure !== undefined || !this.body.readableEnded) {
      throw this.failure === undefined
        ? new MlflowError('unreachable', 'cut', this.detail)
        : networkFailure(this.failure, this.detail);
    }
    if (expected !== undefined && this.arrived < expected) {
      throw new MlflowError('unreachable', 'cut', this.detail);
    }
    this.done = true;
  }

  /** Waits for more to come, for the end, or for the time to be up. */
  private something(ends: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const left = Math.max(0, ends - performance.now());
      const timer = left < Infinity ? setTimeout(wake, left) : undefined;
      const { body } = this;
      function wake(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        wakers.forEach((event) => body.off(event, wake));
        resolve();
      }
      signal.addEventListener('abort', wake);
      wakers.forEach((event) => body.on(event, wake));
    });
  }
}

const wakers = ['readable', 'end', 'close', 'error'] as const;
