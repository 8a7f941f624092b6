import assert from 'node:assert/strict';
import type { Run } from '../../../src/mlflow/model';
import { newestFirst } from '../../../src/mlflow/runOrder';
import {
  countByStatus,
  RunEnds,
  severityOf,
  type FoundEnd,
  type RunEnd,
} from '../../../src/watching/runEnds';
import { anExperiment, aRun } from '../../support/fakeStore';

const rmse = { key: 'rmse', value: 0.7421, timestamp: 1, step: 1 };

function found(changes: Partial<Run> = {}, about: Partial<FoundEnd> = {}): FoundEnd {
  const run = aRun('a', { name: 'calm-elk', metrics: [rmse], ...changes });
  return { run, experiment: anExperiment('1'), order: newestFirst, ...about };
}

function endOf(...each: Parameters<typeof found>): RunEnd {
  const [end] = new RunEnds().news('s', [found(...each)]);
  assert.ok(end);
  return end;
}

describe('RunEnds', () => {
  it('tells name, status and duration', () => {
    const { connection, runId, name, status, took } = endOf({ startTime: 1000, endTime: 61_000 });
    assert.deepEqual(
      [connection, runId, name, status, took],
      ['s', 'a', 'calm-elk', 'FINISHED', 60_000],
    );
  });

  it('tells each run once, also when it was taken up again, but one of each server', () => {
    const ends = new RunEnds();
    assert.equal(ends.news('s', [found()]).length, 1);
    assert.equal(ends.news('s', [found(), found({ id: 'b' })]).length, 1);
    assert.equal(ends.news('other', [found()]).length, 1);
  });

  it('tells nothing of a run that is in progress', () => {
    const live = [found({ status: 'RUNNING' }), found({ id: 'b', status: 'SCHEDULED' })];
    const ends = new RunEnds();
    assert.deepEqual(ends.news('s', live), []);
    assert.equal(ends.news('s', [found()]).length, 1);
  });

  it('knows no duration where a time is missing or the clock went backwards', () => {
    for (const changes of [{ startTime: undefined }, { endTime: undefined }, { startTime: 9999 }]) {
      assert.equal(endOf(changes).took, undefined);
    }
  });

  describe('the metric', () => {
    const judged = anExperiment('1', {
      tags: [{ key: 'mlflow.experiment.primaryMetric.name', value: 'rmse' }],
    });

    it('is the one that the experiment is judged by', () => {
      assert.equal(endOf({}, { experiment: judged }).metric, 'rmse 0.7421');
    });

    it('is the one that the runs are sorted by before that', () => {
      const metrics = [rmse, { ...rmse, key: 'loss', value: NaN }];
      const order = { by: 'metric', key: 'loss', ascending: true } as const;
      assert.equal(endOf({ metrics }, { experiment: judged, order }).metric, 'loss NaN');
    });

    it('is none where nobody said which, it was not logged, or the experiment is not known', () => {
      assert.equal(endOf().metric, undefined);
      assert.equal(endOf({ metrics: [] }, { experiment: judged }).metric, undefined);
      assert.equal(endOf({}, { experiment: undefined }).metric, undefined);
    });
  });

  it('keeps hostile names and keys on one short line', () => {
    const name = `a\nb\u202e${'x'.repeat(10_000)}`;
    const key = 'k\n'.repeat(1000);
    const order = { by: 'metric', key, ascending: true } as const;
    const end = endOf({ name, metrics: [{ ...rmse, key }] }, { order });
    assert.match(end.name, /^a bx{1,60}…$/);
    assert.ok(end.name.length <= 60 && (end.metric?.length ?? 0) < 60);
    assert.doesNotMatch(end.metric ?? '', /\n/);
  });

  it('names a run without a name by its id', () => {
    assert.equal(endOf({ name: '\u202e\n' }).name, 'a');
  });
});

describe('several ends', () => {
  const ends = (['FAILED', 'FINISHED', 'FINISHED'] as const).map((status, index) =>
    endOf({ id: String(index), status }),
  );

  it('are counted by status, those that failed last', () => {
    assert.deepEqual(countByStatus(ends), [
      ['FINISHED', 2],
      ['FAILED', 1],
    ]);
  });

  it('warn when one of them failed, and only then', () => {
    assert.equal(severityOf(ends), 'warning');
    assert.equal(severityOf(ends.slice(1)), 'information');
    assert.equal(severityOf([endOf({ status: 'KILLED' })]), 'information');
  });
});
