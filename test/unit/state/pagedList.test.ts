import assert from 'node:assert/strict';
import { MlflowError } from '../../../src/mlflow/errors';
import type { Page } from '../../../src/mlflow/trackingStore';
import { PagedList } from '../../../src/state/pagedList';

interface Request {
  readonly token: string | undefined;
  readonly signal: AbortSignal;
  answer(items: string, nextPageToken?: string): Promise<void>;
  fail(error?: Error): Promise<void>;
}

/** Lets everything that waits for settled promises run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('PagedList', () => {
  let requests: Request[];
  let changes: number;
  let list: PagedList<string>;

  const latest = (): Request => {
    const request = requests.at(-1);
    assert.ok(request, 'nothing was asked');
    return request;
  };
  /** Items are single letters, with an optional version, e.g. `a b2`. */
  const shown = (): string => list.items.join(' ');

  beforeEach(() => {
    requests = [];
    changes = 0;
    list = new PagedList<string>({
      keyOf: (item) => item.slice(0, 1),
      onChange: () => changes++,
      fetchPage: (token, signal) =>
        new Promise<Page<string>>((resolve, reject) => {
          requests.push({
            token,
            signal,
            answer: (items, nextPageToken) => {
              resolve({ items: items.split(' ').filter((item) => item !== ''), nextPageToken });
              return settled();
            },
            fail: (error = new MlflowError('unreachable', 'refused')) => {
              reject(error);
              return settled();
            },
          });
        }),
    });
  });

  /** Reads pages until `pages` of them are there; an empty token at the end means that it was the last. */
  async function read(...pages: [items: string, token?: string][]): Promise<void> {
    for (const [index, [items, token]] of pages.entries()) {
      const done = index === 0 ? list.ensure() : list.more();
      await settled();
      await latest().answer(items, token);
      await done;
    }
    changes = 0;
    requests = [];
  }

  it('reads the first page once for everybody who waits', async () => {
    const all = Promise.all([list.ensure(), list.ensure()]);
    assert.equal(list.isBusy, true);
    await latest().answer('a b', '2');
    await all;
    await list.ensure();
    assert.equal(requests.length, 1);
    assert.deepEqual([shown(), list.hasMore, list.isBusy, changes], ['a b', true, false, 0]);
    assert.equal(typeof list.loadedAt, 'number');
  });

  it('keeps a failure of the first page and does not ask again by itself', async () => {
    const first = list.ensure();
    await latest().fail();
    await first;
    await list.ensure();
    assert.equal(requests.length, 1);
    assert.ok(list.error instanceof MlflowError);
    assert.deepEqual([list.failedReadingOn, list.loadedAt], [false, undefined]);
  });

  it('takes an abort by somebody else for a failure instead of asking for ever', async () => {
    const first = list.ensure();
    await latest().fail(new DOMException('no', 'AbortError'));
    await first;
    assert.equal(requests.length, 1);
    assert.equal(list.error?.name, 'AbortError');
  });

  it('keeps what is no Error as one', async () => {
    const odd = new PagedList<string>({
      keyOf: (item) => item,
      onChange: () => undefined,
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      fetchPage: () => Promise.reject('just text'),
    });
    await odd.ensure();
    assert.equal(odd.error?.message, 'just text');
  });

  it('reads on after the last token and drops what comes twice', async () => {
    await read(['a b', 't1']);
    const more = list.more();
    await settled();
    assert.equal(latest().token, 't1');
    await latest().answer('b2 c', 't2');
    await more;
    assert.deepEqual([shown(), list.hasMore, changes], ['a b c', true, 1]);
  });

  it('asks for nothing more at the end', async () => {
    await read(['a b']);
    await list.more();
    assert.deepEqual([requests.length, list.hasMore], [0, false]);
  });

  it('keeps the failure of a reload when somebody wanted more meanwhile', async () => {
    await read(['a b']);
    const both = Promise.all([list.reload(), list.more()]);
    await latest().fail();
    await both;
    assert.ok(list.error);
    assert.equal(requests.length, 1);
  });

  it('keeps rows and token when reading on fails, and retries just that', async () => {
    await read(['a b', 't1']);
    const more = list.more();
    await settled();
    await latest().fail();
    await more;
    assert.deepEqual(
      [shown(), list.failedReadingOn, list.hasMore, changes],
      ['a b', true, true, 1],
    );
    const retry = list.retry();
    await settled();
    assert.equal(latest().token, 't1');
    await latest().answer('c');
    await retry;
    assert.deepEqual([shown(), list.error, list.failedReadingOn], ['a b c', undefined, false]);
  });

  it('retries a failed first page from the start', async () => {
    const first = list.ensure();
    await latest().fail();
    await first;
    const retry = list.retry();
    await latest().answer('a');
    await retry;
    assert.deepEqual([shown(), list.error, changes], ['a', undefined, 1]);
  });

  it('reads as many pages anew as there were and swaps them at once', async () => {
    await read(['a b', 't1'], ['c d', 't2']);
    const reload = list.reload();
    await latest().answer('x a', 'u1');
    assert.deepEqual([shown(), latest().token], ['a b c d', 'u1']);
    await latest().answer('c e', 'u2');
    await reload;
    assert.deepEqual([shown(), list.hasMore, requests.length, changes], ['x a c e', true, 2, 1]);
  });

  it('keeps all rows, and when they were read, when a reload fails', async () => {
    await read(['a b', 't1']);
    const { loadedAt } = list;
    const reload = list.reload();
    await latest().fail();
    await reload;
    assert.deepEqual([shown(), list.failedReadingOn, list.loadedAt], ['a b', false, loadedAt]);
    assert.equal(changes, 1);
  });

  it('aborts the load that a newer one supersedes, and ignores its answer', async () => {
    const first = list.ensure();
    const [old] = requests;
    const reload = list.reload();
    assert.equal(old?.signal.aborted, true);
    await old?.answer('old');
    await latest().answer('n');
    await Promise.all([first, reload]);
    assert.deepEqual([shown(), list.error], ['n', undefined]);
  });

  it('ignores the failure of a superseded load', async () => {
    const first = list.ensure();
    const [old] = requests;
    const reload = list.reload();
    await old?.fail();
    await latest().answer('n');
    await Promise.all([first, reload]);
    assert.deepEqual([shown(), list.error], ['n', undefined]);
  });

  describe('pages that never end', () => {
    const endless = async (answer: (turn: number) => [string, string]): Promise<number> => {
      await read(['a b', 't0']);
      const more = list.more();
      await settled();
      let turn = 0;
      while (list.isBusy && turn < 50) {
        await latest().answer(...answer(++turn));
      }
      await more;
      return turn;
    };
    const isEndless = (): void => {
      assert.ok(list.error instanceof MlflowError);
      assert.deepEqual([list.error.kind, list.error.reason], ['malformed', 'paging']);
      assert.equal(shown(), 'a b');
    };

    it('stop when the token stays the same', async () => {
      assert.equal(await endless(() => ['a b', 't0']), 1);
      isEndless();
    });

    it('stop when they repeat what is known under new tokens', async () => {
      assert.equal(await endless((turn) => ['a b', `t${turn}`]), 2);
      isEndless();
    });

    it('stop when they stay empty', async () => {
      assert.equal(await endless((turn) => ['', `t${turn}`]), 3);
      isEndless();
    });
  });

  it('reads past pages that new items have shifted, however many', async () => {
    await read(['e f', 't2']);
    const pages = 'w x,u v,s t,q r,o p,m n,k l,i j,g h,c d,a b'.split(',');
    for (const [index, page] of pages.slice(0, -1).toReversed().entries()) {
      const fresh = list.freshen();
      await latest().answer(`${page} ${index === 0 ? 'e f' : (list.items[0] ?? '')}`, 't2');
      await fresh;
    }
    const known = list.size;
    const more = list.more();
    await settled();
    for (let index = 2; index + 1 < known; index += 2) {
      await latest().answer(list.items.slice(index, index + 2).join(' '), `t${index + 2}`);
    }
    await latest().answer('y z');
    await more;
    assert.deepEqual([list.error, list.size, list.hasMore], [undefined, known + 2, false]);
  });

  describe('freshen', () => {
    it('puts new items first and newer readings in place, without announcing', async () => {
      await read(['a b', 't1'], ['c d', 't2']);
      const fresh = list.freshen();
      await latest().answer('n a2', 't1');
      await fresh;
      assert.deepEqual([shown(), list.hasMore, changes], ['n a2 b c d', true, 0]);
      const more = list.more();
      await settled();
      assert.equal(latest().token, 't2');
      await latest().answer('d e');
      await more;
      assert.equal(shown(), 'n a2 b c d e');
    });

    it('takes vanished items away where one page is all', async () => {
      await read(['a b']);
      const fresh = list.freshen();
      await latest().answer('b');
      await fresh;
      assert.deepEqual([shown(), list.hasMore], ['b', false]);
    });

    it('leaves no gap when more than a page is new', async () => {
      await read(['a b']);
      const fresh = list.freshen();
      await latest().answer('w x', 't1');
      assert.equal(latest().token, 't1');
      await latest().answer('y z', 't2');
      await latest().answer('a b');
      await fresh;
      assert.equal(shown(), 'w x y z a b');
    });

    it('starts over with the head when the list was replaced altogether', async () => {
      await read(['a b']);
      const fresh = list.freshen();
      let turn = 0;
      while (list.isBusy) {
        const next = String.fromCharCode(0x4e00 + turn++);
        await latest().answer(next, `t${turn}`);
      }
      await fresh;
      assert.deepEqual([turn, list.size, list.hasMore, list.get('a')], [10, 10, true, undefined]);
    });

    it('reads the first page where there was none', async () => {
      const fresh = list.freshen();
      await latest().answer('a', 't1');
      await fresh;
      assert.deepEqual([shown(), list.hasMore], ['a', true]);
    });

    it('joins a load that is under way', async () => {
      const both = Promise.all([list.reload(), list.freshen()]);
      await latest().answer('a');
      await both;
      assert.equal(requests.length, 1);
    });

    it('keeps the rows when it fails', async () => {
      await read(['a b', 't1']);
      const fresh = list.freshen();
      await latest().fail();
      await fresh;
      assert.deepEqual([shown(), list.hasMore, list.failedReadingOn], ['a b', true, false]);
      assert.ok(list.error);
    });
  });

  it('updates known items only, and takes away what is gone', async () => {
    await read(['a b c']);
    list.update(['b2', 'x'], ['c', 'y']);
    assert.equal(shown(), 'a b2');
  });

  it('keeps items whose keys are names of Object.prototype', async () => {
    const odd = new PagedList<string>({
      keyOf: (item) => item,
      onChange: () => undefined,
      fetchPage: () =>
        Promise.resolve({ items: ['__proto__', 'constructor'], nextPageToken: undefined }),
    });
    await odd.ensure();
    assert.deepEqual([odd.items, odd.get('toString')], [['__proto__', 'constructor'], undefined]);
  });

  it('aborts, announces nothing and asks nothing once disposed', async () => {
    const first = list.ensure();
    list.dispose();
    assert.equal(latest().signal.aborted, true);
    await latest().answer('a');
    await first;
    await Promise.all([list.ensure(), list.more(), list.reload(), list.freshen(), list.retry()]);
    assert.deepEqual([requests.length, changes, shown(), list.error], [1, 0, '', undefined]);
  });

  it('shows what its former list had when its own first read fails, and its own once that comes', async () => {
    await read(['a b']);
    const former = list;
    const answers: (() => Promise<Page<string>>)[] = [
      () => Promise.reject(new MlflowError('unreachable', 'refused')),
      () => Promise.resolve({ items: ['c'], nextPageToken: undefined }),
    ];
    const next = new PagedList<string>({
      former,
      keyOf: (item) => item,
      onChange: () => changes++,
      fetchPage: () => answers.shift()?.() ?? Promise.reject(new Error('asked too often')),
    });
    assert.deepEqual(next.items, []);
    await next.ensure();
    assert.deepEqual(next.items, ['a', 'b']);
    assert.ok(next.error instanceof MlflowError);
    await next.retry();
    assert.deepEqual(next.items, ['c']);
    assert.equal(next.error, undefined);
  });
});
