/** What a server said in a WebSocket (RFC 6455). */
export type TailMessage =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'ping'; readonly payload: Buffer }
  | { readonly kind: 'close' };

/** Bytes of one message; Ray sends at most twenty thousand characters at a time. */
const longest = 16 * 1024 * 1024;

const nothing = Buffer.alloc(0);

/** Takes messages out of the bytes of a server, which masks none of them. Throws where they make no sense. */
export class TailFrames {
  private rest: Buffer = nothing;
  private pieces: Buffer[] = [];
  /** Of the pieces. */
  private length = 0;

  add(bytes: Buffer): TailMessage[] {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    const messages: TailMessage[] = [];
    for (let frame = this.next(); frame !== undefined; frame = this.next()) {
      const message = this.read(frame.head, frame.payload);
      if (message !== undefined) messages.push(message);
    }
    return messages;
  }

  private next(): { readonly head: number; readonly payload: Buffer } | undefined {
    const { rest } = this;
    if (rest.length < 2) return undefined;
    const [head = 0, second = 0] = rest;
    if ((head & 0x70) !== 0 || (second & 0x80) !== 0) throw new Error('an odd WebSocket frame');
    const short = second & 0x7f;
    const start = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (rest.length < start) return undefined;
    const length =
      short === 126
        ? rest.readUInt16BE(2)
        : short === 127
          ? Number(rest.readBigUInt64BE(2))
          : short;
    if (length > longest) throw new Error('too long a WebSocket frame');
    if (rest.length < start + length) return undefined;
    this.rest = rest.subarray(start + length);
    return { head, payload: rest.subarray(start, start + length) };
  }

  private read(head: number, payload: Buffer): TailMessage | undefined {
    const kind = head & 0x0f;
    if (kind === 8) return { kind: 'close' };
    if (kind === 9) return { kind: 'ping', payload };
    if (kind > 2) return undefined;
    this.pieces.push(payload);
    this.length += payload.length;
    if (this.length > longest) throw new Error('too long a WebSocket message');
    if ((head & 0x80) === 0) return undefined;
    const text = Buffer.concat(this.pieces).toString();
    this.pieces = [];
    this.length = 0;
    return { kind: 'text', text };
  }
}

/** The answer to a ping, or a farewell. What a client sends has to be masked; a mask of zeros is one. */
export function clientFrame(kind: 'pong' | 'close', payload: Buffer = nothing): Buffer {
  const short = payload.subarray(0, 125);
  const head = [kind === 'pong' ? 0x8a : 0x88, 0x80 | short.length, 0, 0, 0, 0];
  return Buffer.concat([Buffer.from(head), short]);
}
