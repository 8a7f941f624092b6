import { Readable } from 'node:stream';
import { MlflowError, type MlflowErrorDetail } from '../../mlflow/errors';
import type { ArtifactRange } from '../../mlflow/trackingStore';
import type { ByteSource } from '../bytes/byteSource';
import { BodySource } from './bodySource';
import { type OpenReply, discard } from './exchange';

/** Which bytes are asked for. */
export interface Wanted extends ArtifactRange {
  /** What was read before `from` is of this state of the file; of another state all of it is wanted. */
  readonly validator?: string | undefined;
}

type Headers = Readonly<Record<string, string>>;

/** https://www.rfc-editor.org/rfc/rfc9110#name-range-requests */
export function rangeHeaders({ from, length, validator }: Wanted): Headers {
  return {
    accept: '*/*',
    'accept-encoding': 'identity',
    ...((from !== 0 || length !== undefined) && { range: `bytes=${rangeText(from, length)}` }),
    // A weak tag must not be sent here: what comes is compared all the same.
    ...(validator?.startsWith('W/') === false && { 'if-range': validator }),
  };
}

function rangeText(from: number, length: number | undefined): string {
  if (from < 0) return String(from);
  return length === undefined ? `${from}-` : `${from}-${from + Math.max(1, length) - 1}`;
}

/** The bytes that were wanted, out of an answer that may hold more. */
export function sourceOf(
  reply: OpenReply,
  wanted: Wanted,
  detail: MlflowErrorDetail,
  md5?: string,
): ByteSource {
  const { status, headers, body } = reply;
  const validator = headerOf(headers['etag']) ?? headerOf(headers['last-modified']);
  const came = numberOf(headers['content-length']);
  const part = status === 206 ? contentRange(headerOf(headers['content-range'])) : undefined;
  const size = part === undefined ? came : part.size;
  const first = part?.first ?? 0;
  const from = part === undefined && wanted.validator !== undefined ? 0 : startIn(size, wanted);
  const isUnsaidPart = status === 206 && part === undefined;
  if (from === undefined || from < first || isUnsaidPart) {
    discard(reply);
    throw new MlflowError('malformed', 'shape', { ...detail, path: 'Content-Range' });
  }
  const expected = part === undefined ? came : part.last - part.first + 1;
  const { length } = wanted;
  const facts = { size, from, validator, md5, skip: from - first, length, expected };
  return new BodySource(body, facts, detail);
}

/** Nothing, of a file that ends before what was wanted. */
export function emptySource(size: number): ByteSource {
  const facts = { size, from: size, validator: undefined, skip: 0, length: 0, expected: 0 };
  return new BodySource(Readable.from([]), facts, {});
}

/** Where the bytes begin that are wanted of a file; `undefined` where that cannot be told. */
function startIn(size: number | undefined, { from }: Wanted): number | undefined {
  if (size === undefined) {
    return from < 0 ? undefined : from;
  }
  return from < 0 ? Math.max(0, size + from) : Math.min(from, size);
}

interface ContentRange {
  readonly first: number;
  readonly last: number;
  readonly size: number | undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-content-range */
export function contentRange(header: string | undefined): ContentRange | undefined {
  const [, first, last, size] = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(header ?? '') ?? [];
  return size === undefined
    ? undefined
    : {
        first: Number(first ?? 0),
        last: Number(last ?? -1),
        size: size === '*' ? undefined : Number(size),
      };
}

function headerOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function numberOf(value: string | string[] | undefined): number | undefined {
  const text = headerOf(value);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
