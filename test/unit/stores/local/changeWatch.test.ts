import assert from 'node:assert/strict';
import { once } from 'node:events';
import { watch as watchFolder } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { abortError } from '../../../../src/base/abortError';
import { ChangeWatch, type Watched } from '../../../../src/stores/local/changeWatch';

const longAfter = 600_000;

describe('ChangeWatch', () => {
  let folder: string;
  let watch: ChangeWatch;
  let state: string;
  let now: number;
  const { signal } = new AbortController();
  const clock = (): number => now;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'watch-'));
    watch = new ChangeWatch({ lookEvery: longAfter, linger: longAfter, clock });
    state = 'as it was';
    now = 0;
  });

  afterEach(async () => {
    watch.dispose();
    await rm(folder, { recursive: true });
  });

  const watched = (changes: Partial<Watched> = {}): Watched => {
    return { folders: [folder], state: () => state, ...changes };
  };
  const settled = async (promise: Promise<unknown>): Promise<boolean> => {
    const nothing = Symbol('nothing');
    const first = await Promise.race([promise, new Promise((go) => setImmediate(go, nothing))]);
    return first !== nothing;
  };

  it('resolves at once when asked first, then at the next change of a file', async () => {
    await writeFile(path.join(folder, 'loss'), '1');
    await watch.next(watched(), signal);
    const next = watch.next(watched(), signal);
    assert.equal(await settled(next), false);
    await appendFile(path.join(folder, 'loss'), '2');
    await next;
  });

  it('does not miss what happens while nobody waits', async () => {
    await watch.next(watched(), signal);
    const next = watch.next(watched(), signal);
    await writeFile(path.join(folder, 'one'), '');
    await next;
    state = 'changed meanwhile';
    await watch.next(watched(), signal);
  });

  it('sees what the system does not report, by looking', async () => {
    watch = new ChangeWatch({ lookEvery: 1, linger: longAfter, clock });
    const unreported = watched({ folders: [path.join(folder, 'not there')] });
    await watch.next(unreported, signal);
    const next = watch.next(unreported, signal);
    assert.equal(await settled(next), false);
    state = 'changed';
    await next;
  });

  it('passes over files that are no part of the store', async () => {
    const some = watched({ isPart: (name) => name === 'mlflow.db' });
    await watch.next(some, signal);
    const next = watch.next(some, signal);
    const seen: string[] = [];
    void next.then(() => seen.push('changed'));
    await writeFile(path.join(folder, 'other'), '');
    // Reports come in their order: had the first one counted, it would be told before the second is made.
    await writeFile(path.join(folder, 'another'), '');
    assert.equal(await settled(next), false);
    await writeFile(path.join(folder, 'mlflow.db'), '');
    await next;
    assert.deepEqual(seen, ['changed']);
  });

  it('watches other folders from the next call on', async () => {
    const inner = path.join(folder, 'metrics');
    await mkdir(inner);
    await watch.next(watched(), signal);
    state = 'with another folder';
    const both = watched({ folders: [folder, inner] });
    await watch.next(both, signal);
    const next = watch.next(both, signal);
    await writeFile(path.join(inner, 'rmse'), '1');
    await next;
  });

  it('does not miss what is reported while it looks', async () => {
    await watch.next(watched(), signal);
    let finish: (() => void) | undefined;
    const looking = new Promise<string>((resolve) => {
      finish = () => resolve(state);
    });
    const next = watch.next(watched({ state: () => looking }), signal);
    const another = watchFolder(folder);
    const reported = once(another, 'change');
    await writeFile(path.join(folder, 'one'), '');
    await reported;
    another.close();
    finish?.();
    await next;
  });

  it('tells a report at once where a look takes long and was just taken', async () => {
    let looks = 0;
    const slow = watched({
      state: () => {
        looks++;
        now += 1000;
        return Promise.resolve(state);
      },
    });
    await watch.next(slow, signal);
    const next = watch.next(slow, signal);
    await writeFile(path.join(folder, 'one'), '');
    await next;
    assert.equal(looks, 1);
    // Until it may look again, it cannot know what the report was of.
    now += 19_000;
    state = 'with one';
    await watch.next(slow, signal);
    assert.equal(looks, 2);
  });

  it('looks less often the longer it takes', async () => {
    watch = new ChangeWatch({ lookEvery: 1, linger: longAfter, clock });
    let looks = 0;
    const slow = watched({
      state: () => {
        looks++;
        now += 5;
        return state;
      },
    });
    await watch.next(slow, signal);
    const next = watch.next(slow, signal);
    state = 'changed';
    assert.equal(await settled(next), false);
    assert.equal(looks, 1);
    now += 19 * 5;
    await next;
    assert.equal(looks, 2);
  });

  it('gives up a look that is under way', async () => {
    await watch.next(watched(), signal);
    const controller = new AbortController();
    const endless = watched({
      state: (forLook) =>
        new Promise((_, reject) =>
          forLook.addEventListener('abort', () => reject(abortError()), { once: true }),
        ),
    });
    const next = watch.next(endless, controller.signal);
    controller.abort();
    await assert.rejects(next, { name: 'AbortError' });
  });

  it('ends when it is given up', async () => {
    await watch.next(watched(), signal);
    const controller = new AbortController();
    const next = watch.next(watched(), controller.signal);
    controller.abort();
    await assert.rejects(next, { name: 'AbortError' });
    await assert.rejects(watch.next(watched(), controller.signal), { name: 'AbortError' });
  });
});
