import assert from 'node:assert/strict';
import { presentRun, type RunFrame } from '../../../../src/panels/present/comparedRun';
import { KeyPlaces } from '../../../../src/mlflow/keyPlaces';
import { aRun } from '../../../support/fakeStore';

const frame: RunFrame = {
  key: 'x.1',
  runId: 'x',
  experimentName: 'an experiment',
  connection: 'http://a',
  standing: 'ready',
  problem: undefined,
  color: 3,
};

describe('presentRun', () => {
  let keys: KeyPlaces;

  beforeEach(() => {
    keys = new KeyPlaces();
  });

  it('has the latest points in columns, whatever they are', () => {
    const run = aRun('x', {
      metrics: [
        { key: 'a', value: NaN, timestamp: 7, step: -1 },
        { key: 'b', value: -Infinity, timestamp: 8, step: 2n ** 60n },
      ],
    });
    const { metrics } = presentRun(frame, run, [], keys);
    assert.deepEqual([...metrics.keys], [0, 1]);
    assert.deepEqual([...metrics.values], [NaN, -Infinity]);
    assert.deepEqual([...metrics.steps], [-1, 2 ** 60]);
    assert.deepEqual([...metrics.timestamps], [7, 8]);
  });

  it('names metrics by places in one list, which only grows', () => {
    const metric = (key: string) => ({ key, value: 0, timestamp: 0, step: 0 });
    presentRun(frame, aRun('x', { metrics: [metric('b'), metric('__proto__')] }), [], keys);
    const next = aRun('y', { metrics: [metric('a'), metric('b')] });
    assert.deepEqual([...presentRun(frame, next, [], keys).metrics.keys], [2, 0]);
    assert.deepEqual(keys.all, ['b', '__proto__', 'a']);
  });

  it('has what people wrote before what MLflow did, and all of it', () => {
    const tags = [
      { key: 'mlflow.user', value: 'kim' },
      { key: 'mine', value: '<b>' },
    ];
    assert.deepEqual(
      presentRun(frame, aRun('x', { tags }), [], keys).tags.map(({ key }) => key),
      ['mine', 'mlflow.user'],
    );
  });

  it('cuts what five hundred runs of a page could not hold', () => {
    const params = [{ key: 'p', value: 'x'.repeat(30_000) }];
    const [param] = presentRun(frame, aRun('x', { params }), [], keys).params;
    assert.equal(param?.text, `${'x'.repeat(20_000)}…`);
  });

  it('has the id for the name of a run that nothing is known of', () => {
    const run = presentRun({ ...frame, standing: 'failed', problem: 'Why.' }, undefined, [], keys);
    assert.deepEqual([run.name, run.standing, run.problem], ['x', 'failed', 'Why.']);
    assert.deepEqual([run.params, run.tags, run.metrics.keys.length], [[], [], 0]);
  });
});
