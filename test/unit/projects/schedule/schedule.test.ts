import assert from 'node:assert/strict';
import { deadAfter, Heartbeats } from '../../../../src/projects/schedule/heartbeats';
import { bandsOf, isBehind, valuesAtBands } from '../../../../src/projects/schedule/hyperband';
import type { SeenChild } from '../../../../src/projects/schedule/seenSweep';
import { leftovers, standingOf } from '../../../../src/projects/schedule/standing';

const rules = {
  isAlive: (one: string) => one !== 'dead',
  hasVanished: () => false,
  isForgiven: () => false,
  mayBeUnseen: () => false,
};
const attempt = (number: number, status: SeenChild['status'], ended?: string): SeenChild => ({
  ...{ runId: `r${number}`, number: 1, attempt: number, status, ended },
  ...{ startTime: 0, endTime: 0, value: undefined, params: [] },
});
const claim = (number: number, claimant: string) => ({ number: 1, attempt: number, claimant });
const kind = (
  claims: ReturnType<typeof claim>[],
  children: SeenChild[],
  isForgiven = () => false,
): string => {
  const standing = standingOf({ number: 1, claims, children }, { ...rules, isForgiven });
  return standing.kind === 'open' ? `open ${standing.attempt}` : standing.kind;
};

describe('how it stands with a combination', () => {
  it('follows from claims, attempts and who lives', () => {
    assert.equal(kind([], []), 'open 0');
    assert.equal(kind([claim(0, 'a')], []), 'taken');
    assert.equal(kind([claim(0, 'dead')], []), 'open 1');
    const unseen = { ...rules, mayBeUnseen: () => true };
    const known = { number: 1, claims: [claim(0, 'dead')], children: [] };
    assert.deepEqual(standingOf(known, unseen), {
      ...{ kind: 'taken', claimant: 'dead', attempt: 0, isUnseen: true },
    });
    assert.equal(kind([claim(0, 'a')], [attempt(0, 'RUNNING')]), 'taken');
    assert.equal(kind([claim(0, 'dead')], [attempt(0, 'RUNNING')]), 'open 1');
    assert.equal(kind([claim(0, 'a')], [attempt(0, 'KILLED')]), 'open 1');
    assert.equal(kind([claim(0, 'a')], [attempt(0, 'KILLED', 'early')]), 'early');
    assert.equal(kind([claim(0, 'a')], [attempt(0, 'FAILED')]), 'failed');
    assert.equal(
      kind([claim(0, 'a')], [attempt(0, 'FAILED')], () => true),
      'open 1',
    );
    assert.equal(kind([claim(0, 'dead')], [attempt(0, 'FINISHED')]), 'done');
    assert.equal(kind([claim(0, 'dead'), claim(1, 'a')], [attempt(0, 'RUNNING')]), 'taken');
  });

  it('says which attempts are to be marked as killed', () => {
    const ids = (claims: ReturnType<typeof claim>[], children: SeenChild[]): string[] =>
      leftovers({ number: 1, claims, children }, rules).map(({ runId }) => runId);
    const claims = [claim(0, 'dead'), claim(1, 'a')];
    assert.deepEqual(ids(claims, [attempt(0, 'RUNNING'), attempt(1, 'RUNNING')]), ['r0']);
    assert.deepEqual(ids(claims, [attempt(1, 'FINISHED'), attempt(0, 'FINISHED')]), ['r1']);
    assert.deepEqual(ids(claims, [attempt(1, 'RUNNING')]), []);
  });
});

describe('heartbeats', () => {
  const silentFor = (beats: Heartbeats, from: number, to: number, every: number): void => {
    for (let now = from; now <= to; now += every) beats.read(new Map([['b', '1']]), now);
  };

  it('tell that a claimant is dead whose heartbeat does not change', () => {
    const beats = new Heartbeats('a');
    silentFor(beats, 0, deadAfter - 10_000, 10_000);
    assert.equal(beats.isAlive('b'), true);
    silentFor(beats, deadAfter, deadAfter + 10_000, 10_000);
    assert.equal(beats.isAlive('b'), false);
    beats.read(new Map([['b', '2']]), deadAfter + 20_000);
    assert.equal(beats.isAlive('b'), true);
  });

  it('do not count the time in which nobody could be heard', () => {
    const beats = new Heartbeats('a');
    silentFor(beats, 0, 10_000, 10_000);
    silentFor(beats, 100_000, 100_000, 1);
    assert.equal(beats.isAlive('b'), true);
  });

  it('are not needed of oneself, and who has none has gone', () => {
    const beats = new Heartbeats('a');
    assert.deepEqual([beats.isAlive('a'), beats.isAlive('b')], [true, false]);
  });
});

describe('Hyperband', () => {
  const hyperband = { minIter: 3, maxIter: undefined, s: undefined, eta: 3, strict: false };
  const series = (values: number[]) => ({ steps: values.map((_, step) => step), values });

  it('compares at growing steps', () => {
    assert.deepEqual(bandsOf(hyperband).slice(0, 4), [3, 9, 27, 81]);
    assert.deepEqual(bandsOf({ ...hyperband, minIter: undefined, maxIter: 27, s: 2 }), [3, 9]);
    assert.deepEqual(bandsOf({ ...hyperband, maxIter: 20 }), [3, 9]);
  });

  it('takes the best value up to each step', () => {
    const values = [9, 8, 7, 6, 5, 4, 3, 2, 1, 5, 0];
    assert.deepEqual(valuesAtBands(series(values), [3, 9, 27], 'minimize'), [6, 1]);
    assert.deepEqual(valuesAtBands(series(values), [3, 9, 27], 'maximize'), [9, 9]);
    assert.deepEqual(
      valuesAtBands({ steps: [0, 0, 0, 0], values: [4, NaN, 2, 3] }, [3], 'minimize'),
      [2],
    );
  });

  it('ends who is not among the best third, and nobody before there are three', () => {
    assert.equal(isBehind([2], [[2], [1]], hyperband, 'minimize'), false);
    assert.equal(isBehind([2], [[2], [1], [3]], hyperband, 'minimize'), true);
    assert.equal(isBehind([1], [[2], [1], [3]], hyperband, 'minimize'), false);
    assert.equal(isBehind([1], [[2], [1], [3]], hyperband, 'maximize'), true);
  });

  it('looks at the last step that was reached, or at each where it is strict', () => {
    const all = [
      [5, 1],
      [1, 2],
      [2, 3],
    ];
    assert.equal(isBehind([5, 1], all, hyperband, 'minimize'), false);
    assert.equal(isBehind([5, 1], all, { ...hyperband, strict: true }, 'minimize'), true);
  });
});
