import { createHash } from 'node:crypto';

import { Shared } from '../base/shared';
import type { ArtifactAddress } from '../mlflow/artifactAddress';
import { placeKey } from '../mlflow/artifactAddress';
import type { ArtifactRange, ArtifactStream } from '../mlflow/trackingStore';
import { readStream } from '../state/readArtifact';
import { ByteCache, type CachedBytes } from './byteCache';
import { wholeLinesOfHead, wholeLinesOfTail } from './textEnds';

/** Opens a file where it is; see `openArtifact` of the port. */
export type OpenFile = (
  address: ArtifactAddress,
  range: ArtifactRange,
  signal: AbortSignal,
) => Promise<ArtifactStream>;

/** Says how many bytes came, of how many where that is known. */
export type OnBytes = (received: number, size: number | undefined) => void;

/** What is known of a file without reading it. */
export interface FileFacts {
  /** Bytes. */
  readonly size: number;
  /** Names this state of the file; empty where nobody can tell without reading it. */
  readonly state: string;
}

export interface FileReaderOptions {
  readonly open: OpenFile;
  /** Bytes of the largest file that is read at once. */
  readonly most: number;
  /** Bytes that are remembered in all. */
  readonly remembered: number;
  /** Bytes of the head and the tail of a text. */
  readonly part: number;
}

/** An answer is taken for what holds so long, in milliseconds: VS Code asks for one file several times in a row. */
const fresh = 2000;

/** What was asked of a file last. */
interface Asked {
  readonly stream: ArtifactStream;
  readonly timer: NodeJS.Timeout;
}

/**
 * Reads whole files and remembers them. VS Code first asks how large a file is, then for its bytes: both are one request,
 * whose bytes wait unread in between. Whoever asks while a file is being read gets the same bytes.
 */
export class FileReader {
  private readonly cache: ByteCache;
  private readonly loads = new Map<string, Shared<CachedBytes>>();
  private readonly listeners = new Map<string, Set<OnBytes>>();
  private readonly opening = new Map<string, Shared<ArtifactStream>>();
  private readonly opened = new Map<string, Asked>();
  /** When the store last said that this is what a file is. */
  private readonly checked = new Map<string, { readonly facts: FileFacts; readonly at: number }>();
  private readonly ending = new AbortController();

  constructor(private readonly options: FileReaderOptions) {
    this.cache = new ByteCache(options.remembered);
  }

  /** Size and state of a file; reads it only where the store tells nothing of that. */
  async facts(address: ArtifactAddress): Promise<FileFacts> {
    const key = keyOf(address);
    const known = this.known(key);
    if (known !== undefined) {
      return known;
    }
    const { signal } = this.ending;
    if (this.loads.has(key) || address.part !== undefined) {
      return toFacts(await this.load(address, signal));
    }
    const { size, validator } = await this.ask(address, signal);
    if (size === undefined || (validator === undefined && size <= this.options.most)) {
      return toFacts(await this.load(address, signal));
    }
    return this.note(key, { size, state: validator ?? '' });
  }

  /** The bytes of a file or of a part of it; rejects with `ArtifactTooLarge`. */
  async read(
    address: ArtifactAddress,
    signal: AbortSignal = this.ending.signal,
    onBytes?: OnBytes,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const key = keyOf(address);
    const cached = this.cache.get(key);
    const known = this.known(key);
    if (cached !== undefined && known?.state === cached.state) {
      return cached.bytes;
    }
    const stopTelling = this.tell(key, onBytes);
    try {
      return (await this.load(address, signal)).bytes;
    } finally {
      stopTelling();
    }
  }

  private tell(key: string, onBytes: OnBytes | undefined): () => void {
    if (onBytes === undefined) {
      return () => undefined;
    }
    const listeners = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, listeners.add(onBytes));
    return () => {
      if (listeners.delete(onBytes) && listeners.size === 0) {
        this.listeners.delete(key);
      }
    };
  }

  /** Forgets what is known of files, so that the store is asked anew; bytes stay for those that are still the same. */
  forget(): void {
    this.checked.clear();
    this.closeOpened();
  }

  dispose(): void {
    this.ending.abort();
    this.closeOpened();
    this.cache.clear();
  }

  private closeOpened(): void {
    for (const key of [...this.opened.keys()]) {
      this.takeOpened(key)?.close();
    }
  }

  private known(key: string): FileFacts | undefined {
    const last = this.checked.get(key);
    return last !== undefined && Date.now() - last.at < fresh ? last.facts : undefined;
  }

  private note(key: string, facts: FileFacts): FileFacts {
    const at = Date.now();
    for (const [other, { at: before }] of this.checked) {
      if (at - before < fresh) {
        break;
      }
      this.checked.delete(other);
    }
    this.checked.delete(key);
    this.checked.set(key, { facts, at });
    return facts;
  }

  /** Asks what the file is; the answer's bytes wait a moment for somebody who reads them. */
  private async ask(address: ArtifactAddress, signal: AbortSignal): Promise<ArtifactStream> {
    const key = keyOf(address);
    const shared =
      this.opening.get(key) ??
      new Shared((each) =>
        this.options.open(address, { from: 0 }, each).finally(() => this.opening.delete(key)),
      );
    this.opening.set(key, shared);
    const stream = await shared.get(signal);
    if (this.opened.get(key)?.stream !== stream) {
      this.takeOpened(key)?.close();
      const timer = setTimeout(() => this.takeOpened(key)?.close(), fresh);
      this.opened.set(key, { stream, timer });
    }
    return stream;
  }

  private takeOpened(key: string): ArtifactStream | undefined {
    const asked = this.opened.get(key);
    clearTimeout(asked?.timer);
    this.opened.delete(key);
    return asked?.stream;
  }

  private load(address: ArtifactAddress, signal: AbortSignal): Promise<CachedBytes> {
    const key = keyOf(address);
    const shared =
      this.loads.get(key) ??
      new Shared((each) => this.loadNow(address, each).finally(() => this.loads.delete(key)));
    this.loads.set(key, shared);
    return shared.get(signal);
  }

  private async loadNow(address: ArtifactAddress, signal: AbortSignal): Promise<CachedBytes> {
    const key = keyOf(address);
    const stream =
      this.takeOpened(key) ?? (await this.options.open(address, this.rangeOf(address), signal));
    try {
      const cached = this.cache.get(key);
      const isSame = cached !== undefined && cached.state === stream.validator;
      const file = isSame ? cached : await this.readFrom(address, stream, signal);
      this.cache.put(key, file);
      this.note(key, toFacts(file));
      return file;
    } finally {
      stream.close();
    }
  }

  private rangeOf({ part }: ArtifactAddress): ArtifactRange {
    const { part: length } = this.options;
    return part === undefined ? { from: 0 } : { from: part === 'head' ? 0 : -length, length };
  }

  private async readFrom(
    address: ArtifactAddress,
    stream: ArtifactStream,
    signal: AbortSignal,
  ): Promise<CachedBytes> {
    const { size, validator } = stream;
    const hash = validator === undefined ? createHash('md5') : undefined;
    let received = 0;
    const wanted = address.part === undefined ? stream : withoutSize(stream);
    const read = await readStream(wanted, this.options.most, signal, (piece) => {
      received += piece.length;
      hash?.update(piece);
      this.listeners.get(keyOf(address))?.forEach((listener) => listener(received, size));
    });
    return { bytes: cut(address, read, size), state: validator ?? hash?.digest('hex') ?? '' };
  }
}

/** Of a part only what comes of it counts, however large the file is. */
function withoutSize(stream: ArtifactStream): ArtifactStream {
  const { from, validator } = stream;
  return {
    ...{ size: undefined, from, validator },
    read: (signal) => stream.read(signal),
    close: () => stream.close(),
  };
}

function toFacts({ bytes, state }: CachedBytes): FileFacts {
  return { size: bytes.length, state };
}

/** Of a part only whole lines, unless it is the whole file. */
function cut(
  { part }: ArtifactAddress,
  bytes: Uint8Array<ArrayBuffer>,
  size: number | undefined,
): Uint8Array<ArrayBuffer> {
  if (part === undefined || size === bytes.length) {
    return bytes;
  }
  return part === 'head' ? wholeLinesOfHead(bytes) : wholeLinesOfTail(bytes);
}

function keyOf({ key, place, part }: ArtifactAddress): string {
  return `${key} ${part ?? 'whole'} ${placeKey(place)}`;
}
