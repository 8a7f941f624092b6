import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { MetricPoint, Run } from '../../../src/mlflow/model';
import {
  isLive,
  isSystemMetric,
  isSystemTag,
  parentRunId,
  primaryMetric,
  runColorIndex,
  sameRun,
  tagValue,
} from '../../../src/mlflow/runFacts';
import { aChild, anExperiment, aRun } from '../../support/fakeStore';

const point: MetricPoint = { key: 'm', value: 1, timestamp: 5, step: 0 };

describe('facts of runs', () => {
  it('finds tags whose keys are names of Object.prototype', () => {
    assert.equal(tagValue([{ key: '__proto__', value: 'x' }], '__proto__'), 'x');
    assert.equal(tagValue([], 'constructor'), undefined);
  });

  it('takes an empty parent tag for none', () => {
    assert.equal(parentRunId(aChild('a', '')), undefined);
    assert.equal(parentRunId(aChild('a', 'p')), 'p');
  });

  it('calls running and scheduled runs live unless they are deleted', () => {
    const live = (changes: Partial<Run>): boolean => isLive(aRun('a', changes));
    assert.equal(live({ status: 'RUNNING' }), true);
    assert.equal(live({ status: 'SCHEDULED' }), true);
    assert.equal(live({ status: 'RUNNING', lifecycleStage: 'deleted' }), false);
    assert.deepEqual(
      (['FINISHED', 'FAILED', 'KILLED'] as const).map((status) => live({ status })),
      [false, false, false],
    );
  });

  it('tells what is MLflow’s own', () => {
    assert.deepEqual(['mlflow.user', 'mlflowX', 'user'].map(isSystemTag), [true, false, false]);
    assert.deepEqual(['system/cpu', 'systems', 'loss'].map(isSystemMetric), [true, false, false]);
  });

  it('reads the primary metric of an experiment', () => {
    const tags = [{ key: 'mlflow.experiment.primaryMetric.name', value: 'rmse' }];
    assert.equal(primaryMetric(anExperiment('1', { tags })), 'rmse');
    assert.equal(primaryMetric(anExperiment('1')), undefined);
  });
});

describe('sameRun', () => {
  const run = aRun('a', {
    metrics: [point, { ...point, key: 'n', value: NaN, step: 9007199254740993n }],
    params: [{ key: 'p', value: '1' }],
    tags: [{ key: 't', value: '1' }],
  });

  it('finds two readings of the same alike, NaN and huge steps included', () => {
    assert.equal(sameRun(run, structuredClone(run)), true);
  });

  const changes: Record<string, Partial<Run>> = {
    status: { status: 'FAILED' },
    name: { name: 'other' },
    'start time': { startTime: 1 },
    'end time': { endTime: undefined },
    lifecycle: { lifecycleStage: 'deleted' },
    'metric value': { metrics: [{ ...point, value: 2 }, ...run.metrics.slice(1)] },
    'metric step': { metrics: [{ ...point, step: 1 }, ...run.metrics.slice(1)] },
    'metric time': { metrics: [{ ...point, timestamp: 6 }, ...run.metrics.slice(1)] },
    'metric sign of zero': { metrics: [{ ...point, value: -0 }] },
    'fewer metrics': { metrics: [point] },
    'param value': { params: [{ key: 'p', value: '2' }] },
    'param key': { params: [{ key: 'q', value: '1' }] },
    'tag value': { tags: [{ key: 't', value: '2' }] },
    'more tags': { tags: [...run.tags, { key: 'u', value: '' }] },
    'model outputs': { modelOutputs: [{ modelId: 'm', step: 0 }] },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`sees a change of ${what}`, () => {
      assert.equal(sameRun(run, { ...run, ...change }), false);
    });
  }

  it('tells huge steps apart that a double cannot', () => {
    const at = (step: bigint): Run => aRun('a', { metrics: [{ ...point, step }] });
    assert.equal(sameRun(at(9007199254740993n), at(9007199254740992n)), false);
  });

  it('tells -0 from 0 and NaN from a number', () => {
    const of = (value: number): Run => aRun('a', { metrics: [{ ...point, value }] });
    assert.equal(sameRun(of(0), of(-0)), false);
    assert.equal(sameRun(of(NaN), of(1)), false);
  });
});

describe('runColorIndex', () => {
  it('gives a run the same colour for ever', () => {
    // Published values of FNV-1a: http://www.isthe.com/chongo/src/fnv/test_fnv.c
    assert.equal(runColorIndex('a', 2 ** 32), 0xe40c292c);
    assert.equal(runColorIndex('foobar', 2 ** 32), 0xbf9cf968);
    assert.equal(runColorIndex('foobar', 12), 0xbf9cf968 % 12);
  });

  it('spreads runs evenly over the palette', () => {
    const counts = new Array<number>(12).fill(0);
    const total = 12_000;
    for (let index = 0; index < total; index++) {
      const id = createHash('md5').update(String(index)).digest('hex');
      const color = runColorIndex(id, 12);
      counts[color] = (counts[color] ?? 0) + 1;
    }
    const expected = total / 12;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 11 degrees of freedom: one sound hash in a thousand lies above 31.3.
    assert.ok(chiSquare < 31.3, `${chiSquare}: ${counts.join(' ')}`);
  });

  it('gives neighbouring ids different colours mostly', () => {
    const colors = new Set(Array.from({ length: 12 }, (_, i) => runColorIndex(`run-${i}`, 12)));
    assert.ok(colors.size >= 6);
  });
});
