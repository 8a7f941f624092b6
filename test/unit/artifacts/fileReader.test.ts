import assert from 'node:assert/strict';
import { FileReader } from '../../../src/artifacts/fileReader';
import type { ArtifactAddress } from '../../../src/mlflow/artifactAddress';
import type { ArtifactRange, ArtifactStream } from '../../../src/mlflow/trackingStore';

const address: ArtifactAddress = {
  key: '00000000',
  place: { owner: { kind: 'run', runId: 'r' }, path: 'a.txt' },
  ownerName: 'run',
};

describe('FileReader', () => {
  let content: Buffer;
  let validator: string | undefined;
  let saysSize: boolean;
  let asked: ArtifactRange[];
  let closed: number;
  let read: number;
  let reader: FileReader;

  const open = (_: unknown, range: ArtifactRange): Promise<ArtifactStream> => {
    asked.push(range);
    const start = range.from < 0 ? Math.max(0, content.length + range.from) : range.from;
    let rest = content.subarray(
      start,
      range.length === undefined ? undefined : start + range.length,
    );
    return Promise.resolve({
      ...{ size: saysSize ? content.length : undefined, from: start, validator },
      read: () => {
        const piece = new Uint8Array(rest.subarray(0, 4));
        rest = rest.subarray(4);
        read += piece.length;
        return Promise.resolve(piece.length === 0 ? undefined : piece);
      },
      close: () => void closed++,
    });
  };

  beforeEach(() => {
    content = Buffer.from('0123456789');
    validator = 'v1';
    saysSize = true;
    asked = [];
    closed = 0;
    read = 0;
    reader = new FileReader({ open, most: 20, remembered: 100, part: 8 });
  });

  afterEach(() => reader.dispose());

  const text = async (of = address): Promise<string> =>
    Buffer.from(await reader.read(of)).toString();

  it('asks once for what a file is and for its bytes', async () => {
    assert.deepEqual(await reader.facts(address), { size: 10, state: 'v1' });
    assert.equal(read, 0);
    assert.equal(await text(), '0123456789');
    assert.equal(await text(), '0123456789');
    assert.equal(asked.length, 1);
    assert.equal(closed, 1);
  });

  it('says how much came to whoever joins a reading that is under way', async () => {
    saysSize = false;
    validator = undefined;
    const first = reader.facts(address);
    while (read === 0) await Promise.resolve();
    const told: number[] = [];
    await reader.read(address, new AbortController().signal, (received) => told.push(received));
    await first;
    assert.equal(told.at(-1), 10);
    assert.equal(asked.length, 1);
  });

  it('reads no byte twice of a file that is still the same', async () => {
    await text();
    reader.forget();
    assert.equal(await text(), '0123456789');
    assert.equal(read, 10);
    assert.equal(closed, asked.length);
    content = Buffer.from('other');
    validator = 'v2';
    reader.forget();
    assert.equal(await text(), 'other');
  });

  it('reads a file whose store says nothing of it, to know its size and state', async () => {
    saysSize = false;
    validator = undefined;
    const { size, state } = await reader.facts(address);
    assert.equal(size, 10);
    reader.forget();
    content = Buffer.from('9876543210');
    assert.notEqual((await reader.facts(address)).state, state);
  });

  it('reads nothing of a file that is too large, and not on where that shows late', async () => {
    content = Buffer.alloc(1000);
    await assert.rejects(reader.read(address), { name: 'ArtifactTooLarge', size: 1000 });
    assert.equal(read, 0);
    saysSize = false;
    await assert.rejects(reader.read(address), { name: 'ArtifactTooLarge' });
    assert.ok(read <= 24);
    assert.equal(closed, asked.length);
  });

  it('reads the head and the tail of a file of any size, in whole lines', async () => {
    content = Buffer.from(`${'one\ntwo\n'.repeat(20)}end`);
    assert.equal(await text({ ...address, part: 'head' }), 'one\ntwo\n');
    assert.equal(await text({ ...address, part: 'tail' }), 'two\nend');
    assert.deepEqual(asked, [
      { from: 0, length: 8 },
      { from: -8, length: 8 },
    ]);
  });

  it('tells all who ask how far it is, and goes on for the others when one gives up', async () => {
    const controller = new AbortController();
    const told: number[] = [];
    const first = reader.read(address, controller.signal, () => controller.abort());
    const second = reader.read(address, new AbortController().signal, (received) =>
      told.push(received),
    );
    await assert.rejects(first, { name: 'AbortError' });
    assert.equal((await second).length, 10);
    assert.equal(told.at(-1), 10);
    assert.equal(asked.length, 1);
  });
});
