import assert from 'node:assert/strict';
import { TailFrames } from '../../../src/ray/jobs/tailFrames';

function piece(kind: number, length: number): Buffer {
  const head = Buffer.from([kind, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, Buffer.alloc(length, 'x')]);
}

describe('frames of a stream', () => {
  it('make one message of its pieces, however they are cut', () => {
    const bytes = Buffer.concat([piece(0x01, 2), piece(0x80, 1)]);
    const frames = new TailFrames();
    const found = Array.from(bytes).flatMap((byte) => frames.add(Buffer.from([byte])));
    assert.deepEqual(found, [{ kind: 'text', text: 'xxx' }]);
  });

  it('are refused where their pieces never end', () => {
    const frames = new TailFrames();
    const large = 8 * 1024 * 1024;
    frames.add(piece(0x01, large));
    frames.add(piece(0x00, large));
    assert.throws(() => frames.add(piece(0x00, 1)), /too long/);
  });
});
