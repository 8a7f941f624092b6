import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { joined, toStream } from '../../../../src/stores/bytes/byteSource';
import { sourceOf, rangeHeaders, type Wanted } from '../../../../src/stores/rest/openReply';
import { takenAsWritten } from '../../../../src/stores/rest/takenName';
import { failure } from '../../../support/failure';

const never = new AbortController().signal;

describe('answers with bytes', () => {
  const all = Buffer.from('0123456789');

  function answer(wanted: Wanted, status: number, headers: Record<string, string>, body: Buffer) {
    const chunks = [...body].map((byte) => Buffer.from([byte]));
    return sourceOf({ status, headers, body: Readable.from(chunks) }, wanted, {});
  }

  async function text(source: ReturnType<typeof answer>): Promise<string> {
    const stream = toStream(source);
    let found = '';
    for (let piece; (piece = await stream.read(never)) !== undefined;) {
      found += Buffer.from(piece).toString();
    }
    return found;
  }

  it('are asked for as parts, and as parts of the same state', () => {
    const range = (wanted: Wanted) => rangeHeaders(wanted)['range'];
    assert.equal(range({ from: 0 }), undefined);
    assert.equal(range({ from: 5 }), 'bytes=5-');
    assert.equal(range({ from: 5, length: 2 }), 'bytes=5-6');
    assert.equal(range({ from: -5 }), 'bytes=-5');
    assert.equal(rangeHeaders({ from: 5, validator: '"a"' })['if-range'], '"a"');
    assert.equal(rangeHeaders({ from: 5, validator: 'W/"a"' })['if-range'], undefined);
  });

  it('are parts, where the server knows parts', async () => {
    const part = { 'content-range': 'bytes 3-5/10', 'content-length': '3', etag: '"a"' };
    const source = answer({ from: 3, length: 3 }, 206, part, all.subarray(3, 6));
    assert.deepEqual([source.from, source.size, source.validator], [3, 10, '"a"']);
    assert.equal(await text(source), '345');
  });

  it('are cut out of the whole, where it does not', async () => {
    const whole = { 'content-length': '10' };
    assert.equal(await text(answer({ from: 3, length: 3 }, 200, whole, all)), '345');
    assert.equal(await text(answer({ from: -3 }, 200, whole, all)), '789');
    assert.equal(await text(answer({ from: 3, length: 3 }, 200, {}, all)), '345');
    assert.throws(() => answer({ from: -3 }, 200, {}, all), { name: 'MlflowError' });
  });

  it('are the whole, where the state is another one', async () => {
    const source = answer({ from: 3, validator: '"a"' }, 200, { etag: '"b"' }, all);
    assert.deepEqual([source.from, await text(source)], [0, '0123456789']);
  });

  it('are refused as parts of which nobody says where they belong', () => {
    for (const range of ['', 'bytes 3-5', 'items 3-5/10']) {
      const part = { 'content-range': range, 'content-length': '3', etag: '"a"' };
      const wanted = { from: 3, validator: '"a"' };
      assert.throws(() => answer(wanted, 206, part, all.subarray(3, 6)), { reason: 'shape' });
    }
  });

  it('are cut when fewer come than were announced', async () => {
    const source = answer({ from: 0 }, 200, { 'content-length': '11' }, all);
    assert.equal((await failure(text(source))).reason, 'cut');
  });

  it('come in pieces of one buffer each', () => {
    assert.deepEqual(joined([Buffer.from('ab'), Buffer.from('c')]), new Uint8Array([97, 98, 99]));
  });

  for (const name of ['a b.txt', '한국어', '50% off', 'what?.txt', 'dir/C:x', "it's+&=;,.txt"]) {
    it(`can be kept under the name ${name}`, () => assert.ok(takenAsWritten(name)));
  }
  for (const name of [
    'a#b',
    '100%25',
    'end?',
    'C:x',
    'a\\b',
    'a\nb',
    ' a',
    '',
    '../a',
    'a//b',
    '/a',
  ]) {
    it(`cannot be kept under the name ${JSON.stringify(name)}`, () => {
      assert.ok(!takenAsWritten(name));
    });
  }
});
