/** Makes UTF-8 of bytes as they come; without a decoder they are UTF-8 already. */
export interface Utf8Maker {
  /** The label of the Encoding Standard that the bytes are taken for. */
  readonly encoding: string;
  /** So many bytes at the beginning are no text. */
  readonly skip: number;
  take(piece: Uint8Array): Uint8Array;
  /** What was still open at the end. */
  finish(): Uint8Array;
}

const none = new Uint8Array(0);

/** By what the first bytes say about themselves, unless somebody chose. An unknown label counts as UTF-8. */
export function utf8Maker(first: Uint8Array, chosen: string | undefined): Utf8Maker {
  const marked = markOf(first);
  const encoding = chosen ?? marked?.encoding ?? 'utf-8';
  const decoder = encoding === 'utf-8' ? undefined : decoderFor(encoding);
  if (decoder === undefined) {
    const skip = marked?.encoding === 'utf-8' ? marked.length : 0;
    return { encoding: 'utf-8', skip, take: (piece) => piece, finish: () => none };
  }
  const encoder = new TextEncoder();
  return {
    encoding,
    // The decoder takes the mark off.
    skip: 0,
    take: (piece) => encoder.encode(decoder.decode(piece, { stream: true })),
    finish: () => encoder.encode(decoder.decode()),
  };
}

function markOf(
  bytes: Uint8Array,
): { readonly encoding: string; readonly length: number } | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    return { encoding: 'utf-8', length: 3 };
  }
  if (first === 0xff && second === 0xfe) {
    return { encoding: 'utf-16le', length: 2 };
  }
  return first === 0xfe && second === 0xff ? { encoding: 'utf-16be', length: 2 } : undefined;
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
