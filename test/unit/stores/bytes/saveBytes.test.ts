import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MlflowError } from '../../../../src/mlflow/errors';
import type { SaveProgress } from '../../../../src/mlflow/trackingStore';
import type { ByteSource } from '../../../../src/stores/bytes/byteSource';
import { type OpenSource, saveBytes } from '../../../../src/stores/bytes/saveBytes';
import { failure } from '../../../support/failure';

const never = new AbortController().signal;

/** What a keeper of one file does. */
interface Kept {
  text: string;
  validator: string | undefined;
  /** After so many bytes of an answer the connection breaks; absent where it does not. */
  cutAfter?: number | undefined;
  md5?: string;
  /** Ranges are not known here. */
  whole?: boolean;
}

function keeper(kept: Kept, opened: number[] = []): OpenSource {
  return (from, validator) => {
    opened.push(from);
    const isSame = from === 0 || validator === kept.validator;
    const start = isSame && !kept.whole ? from : 0;
    const bytes = Buffer.from(kept.text).subarray(start);
    const { cutAfter = Infinity } = kept;
    let place = 0;
    const source: ByteSource = {
      size: kept.text.length,
      from: start,
      validator: kept.validator,
      md5: kept.md5,
      next: () => {
        if (place >= cutAfter) {
          return Promise.reject(new MlflowError('unreachable', 'cut'));
        }
        if (place >= bytes.length) {
          return Promise.resolve(undefined);
        }
        const piece = bytes.subarray(place, Math.min(place + 4, cutAfter));
        place += piece.length;
        return Promise.resolve([piece]);
      },
      close: () => undefined,
    };
    return Promise.resolve(source);
  };
}

describe('saving bytes', function () {
  this.timeout(20_000);
  let folder: string;
  let file: string;
  let told: SaveProgress[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'save-bytes-'));
    file = path.join(folder, 'file');
    told = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const save = (open: OpenSource, from = 0, validator?: string) =>
    saveBytes(open, { file, from, validator }, (progress) => told.push(progress), never);
  const there = () => readFile(file, 'utf8');

  it('writes what comes and says how far it is', async () => {
    const saved = await save(keeper({ text: '0123456789', validator: 'a' }));
    assert.deepEqual(saved, { size: 10, received: 10, validator: 'a', verified: undefined });
    assert.equal(await there(), '0123456789');
    assert.deepEqual(told.at(-1), { written: 10, size: 10, validator: 'a' });
  });

  it('goes on after a cut where it was', async () => {
    const kept: Kept = { text: '0123456789', validator: 'a', cutAfter: 6 };
    const opened: number[] = [];
    const saved = await save(keeper(kept, opened));
    assert.equal(await there(), '0123456789');
    assert.deepEqual([saved.received, opened], [10, [0, 6]]);
  });

  it('goes on with what was there before, where it is of the same state', async () => {
    await writeFile(file, '01234 and more');
    const saved = await save(keeper({ text: '0123456789', validator: 'a' }), 5, 'a');
    assert.deepEqual([await there(), saved.received], ['0123456789', 5]);
  });

  for (const [name, validator, kept] of [
    ['of another state', 'b', {}],
    ['of no known state', undefined, {}],
    ['that cannot be gone on with', 'a', { whole: true }],
  ] as const) {
    it(`writes anew what is there ${name}`, async () => {
      await writeFile(file, 'old and long, longer than new');
      const source = keeper({ text: '0123456789', validator: 'a', ...kept });
      const saved = await save(source, 5, validator);
      assert.deepEqual([await there(), saved.received], ['0123456789', 10]);
    });
  }

  it('never mixes two states of a file that changes between two tries', async () => {
    const kept: Kept = { text: '0123456789', validator: 'a', cutAfter: 6 };
    const inner = keeper(kept);
    const open: OpenSource = (from, validator, signal) => {
      if (from > 0) {
        Object.assign(kept, { text: 'abcdefgh', validator: 'b', cutAfter: undefined });
      }
      return inner(from, validator, signal);
    };
    const saved = await save(open);
    assert.deepEqual([await there(), saved.validator], ['abcdefgh', 'b']);
  });

  for (const [what, before, after] of [
    ['no validator', undefined, undefined],
    // A time in whole seconds, say, tells fewer states apart.
    ['one validator and two sizes', 'a', 'a'],
  ] as const) {
    it(`never mixes two states that have ${what}`, async () => {
      const kept: Kept = { text: '0123456789', validator: before, cutAfter: 6 };
      const inner = keeper(kept);
      let isFirst = true;
      const open: OpenSource = (from, validator, signal) => {
        if (!isFirst) {
          Object.assign(kept, { text: 'abcdefgh', validator: after, cutAfter: undefined });
        }
        isFirst = false;
        return inner(from, validator, signal);
      };
      await save(open);
      assert.equal(await there(), 'abcdefgh');
    });
  }

  it('gives up when three tries bring nothing new, and keeps what came', async () => {
    const kept: Kept = { text: '0123456789', validator: 'a', cutAfter: 4, whole: true };
    const opened: number[] = [];
    const error = await failure(save(keeper(kept, opened)));
    assert.deepEqual([error.reason, opened.length], ['cut', 4]);
    assert.equal(await there(), '0123');
    assert.equal(told.at(-1)?.written, 4);
  });

  it('takes fewer bytes than announced for a cut', async () => {
    const short: OpenSource = async (...asked) => ({
      ...(await keeper({ text: '01234', validator: 'a' })(...asked)),
      size: 9,
    });
    assert.equal((await failure(save(short))).reason, 'cut');
  });

  it('compares a checksum that the keeper knows', async () => {
    const text = '0123456789';
    const md5 = createHash('md5').update(text).digest('hex');
    assert.equal((await save(keeper({ text, validator: 'a', md5 }))).verified, md5);
    const other = keeper({ text, validator: 'a', md5: md5.replace(/^./, '_') });
    assert.equal((await failure(save(other))).detail.serverMessage, 'the checksum is another');
  });

  it('writes through no link', async () => {
    const elsewhere = path.join(folder, 'elsewhere');
    await writeFile(elsewhere, 'kept');
    await symlink(elsewhere, file);
    const error = await failure(save(keeper({ text: 'new', validator: 'a' })));
    assert.deepEqual([error.reason, await readFile(elsewhere, 'utf8')], ['disk', 'kept']);
  });
});
