import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { SeriesData } from '../../../../src/protocol/comparePage';
import { SeriesCache, type WantedSeries } from '../../../../webview/charts/seriesCache';
import { series } from './chartFixtures';

interface Question {
  readonly run: string;
  readonly metric: string;
  readonly whole: boolean;
  readonly fromStep?: number | undefined;
  readonly signal: AbortSignal;
  answer(data: SeriesData): Promise<void>;
  fail(sentence: string): Promise<void>;
}

const wanted = (run: string, more: Partial<WantedSeries> = {}): WantedSeries => ({
  run,
  metric: 'loss',
  connection: 'here',
  whole: false,
  latest: { value: 1, step: 3, timestamp: 0 },
  ...more,
});

describe('SeriesCache', () => {
  let asked: Question[];
  let changes: string[];
  let cache: SeriesCache;

  const open = (mostBytes = 1e6, atATime = 2): void => {
    asked = [];
    changes = [];
    cache = new SeriesCache(
      (params, signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
          asked.push({
            ...params,
            signal,
            answer: (data) => (resolve(data), turn()),
            fail: (sentence) => (reject(new Error(sentence)), turn()),
          });
        }),
      (run) => changes.push(run),
      { sampledPoints: 4, mostBytes, atATime },
    );
  };
  const names = (): string[] => asked.map(({ run, whole }) => (whole ? `${run} whole` : run));

  beforeEach(() => open());

  it('asks for what is most urgent first, a few at a time over each connection', async () => {
    cache.want({}, 5, [wanted('d'), wanted('e')]);
    cache.want({}, 1, [
      wanted('a'),
      wanted('b'),
      wanted('c'),
      wanted('z', { connection: 'there' }),
    ]);
    await turn();
    assert.deepEqual(names(), ['a', 'b', 'z']);
    await asked[0]!.answer(series([1]));
    assert.deepEqual(names(), ['a', 'b', 'z', 'c']);
    assert.deepEqual(changes, ['a']);
  });

  it('cancels what is wanted no longer, and asks anew once it is wanted again', async () => {
    const owner = {};
    cache.want(owner, 0, [wanted('a'), wanted('b'), wanted('c')]);
    await turn();
    cache.release(owner);
    await turn();
    assert.ok(asked.every(({ signal }) => signal.aborted));
    assert.equal(asked.length, 2);
    cache.want(owner, 0, [wanted('a')]);
    await turn();
    assert.deepEqual(names(), ['a', 'b', 'a']);
  });

  it('does not ask again for more of a series than can be had', async () => {
    cache.want({}, 0, [wanted('a', { whole: true })]);
    await turn();
    await asked[0]!.answer(series([1, 2, 3, 4], false));
    await asked[1]!.answer(series([1, 2, 3, 4, 5], false));
    await turn();
    assert.deepEqual(names(), ['a', 'a whole']);
  });

  it('asks for a sample first and for the whole series after it', async () => {
    cache.want({}, 0, [wanted('a', { whole: true })]);
    await turn();
    await asked[0]!.answer(series([1, 2, 3, 4], false));
    assert.deepEqual(names(), ['a', 'a whole']);
    await asked[1]!.answer(series([1, 9, 2, 3, 4]));
    assert.equal(cache.look('a', 'loss').data?.values[1], 9);
    assert.equal(asked.length, 2);
  });

  it('reads what was logged since from the last step on, and puts it in its place', async () => {
    const owner = {};
    cache.want(owner, 0, [wanted('a')]);
    await turn();
    await asked[0]!.answer(series([1, 2, 3]));
    cache.want(owner, 0, [wanted('a', { latest: { value: 7, step: 4, timestamp: 9 } })]);
    await turn();
    assert.equal(asked[1]!.fromStep, 2);
    assert.ok(asked[1]!.whole);
    await asked[1]!.answer(series([0, 0, 5, 6, 7]));
    assert.deepEqual([...cache.look('a', 'loss').data!.values], [1, 2, 5, 6, 7]);
  });

  it('keeps what is there when asking fails, and asks again only on Retry or for a new point', async () => {
    const owner = {};
    cache.want(owner, 0, [wanted('a')]);
    await turn();
    await asked[0]!.fail('The server stopped.');
    cache.want(owner, 0, [wanted('a')]);
    await turn();
    assert.equal(asked.length, 1);
    assert.equal(cache.look('a', 'loss').problem, 'The server stopped.');
    cache.retry(new Set(['loss']));
    await turn();
    await asked[1]!.answer(series([1]));
    assert.equal(cache.look('a', 'loss').problem, undefined);
    cache.want(owner, 0, [wanted('a', { latest: { value: 0, step: 8, timestamp: 0 } })]);
    await turn();
    await asked[2]!.fail('Again.');
    assert.equal(cache.look('a', 'loss').data?.values.length, 1);
    cache.want(owner, 0, [wanted('a', { latest: { value: 0, step: 9, timestamp: 0 } })]);
    await turn();
    assert.equal(asked.length, 4);
  });

  it('lets go of what nobody wants once it holds too much, and asks for no whole series then', async () => {
    open(24 * 5);
    const owner = {};
    cache.want(owner, 0, [wanted('a')]);
    await turn();
    await asked[0]!.answer(series([1, 2, 3]));
    cache.want(owner, 0, [wanted('b', { whole: true })]);
    await turn();
    await asked[1]!.answer(series([1, 2, 3, 4, 5, 6], false));
    assert.equal(cache.look('a', 'loss').data, undefined);
    assert.equal(cache.look('b', 'loss').data?.values.length, 6);
    assert.deepEqual(names(), ['a', 'b']);
  });

  it('aborts everything when it is closed', async () => {
    cache.want({}, 0, [wanted('a'), wanted('b')]);
    await turn();
    cache.dispose();
    assert.ok(asked.every(({ signal }) => signal.aborted));
  });
});
