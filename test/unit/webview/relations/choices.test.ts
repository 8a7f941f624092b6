import assert from 'node:assert/strict';
import {
  differingParams,
  fieldsOfRuns,
  firstRelation,
} from '../../../../webview/compare/relations/choices';
import { relationKinds } from '../../../../webview/compare/relations/spec';
import { metricKeys, run } from './runsFixture';

const runs = [
  run('a', { depth: '3', lr: '0.1', opt: 'adam', seed: '7' }),
  run('b', { depth: '4', lr: '0.2', opt: 'sgd', seed: '7' }),
  run('c', { depth: '5', opt: 'adam', seed: '7', only: 'x' }),
];

const keys = (...fields: readonly ({ field: { key: string } } | undefined)[]): unknown =>
  fields.map((each) => each?.field.key);

describe('fields of runs', () => {
  it('are params that differ, then the others, then metrics, those of the machine last', () => {
    assert.deepEqual(differingParams(runs), ['depth', 'lr', 'opt']);
    const fields = fieldsOfRuns(runs, ['system/cpu', 'loss']);
    assert.deepEqual(
      fields.map(({ key }) => key),
      ['depth', 'lr', 'opt', 'only', 'seed', 'loss', 'system/cpu'],
    );
  });
});

describe('firstRelation', () => {
  it('begins with what differs and can be drawn', () => {
    const parallel = firstRelation('parallel', runs, metricKeys);
    assert.ok(parallel?.kind === 'parallel');
    assert.deepEqual(keys(...parallel.axes), ['depth', 'lr', 'opt', 'loss', 'acc']);
    const contour = firstRelation('contour', runs, metricKeys);
    assert.ok(contour?.kind === 'contour');
    assert.deepEqual(keys(contour.x, contour.y, contour.z), ['depth', 'lr', 'loss']);
    const box = firstRelation('box', runs, metricKeys);
    assert.ok(box?.kind === 'box');
    assert.deepEqual(keys(box.x, box.y), ['opt', 'loss']);
    const scatter = firstRelation('scatter', runs, metricKeys);
    assert.ok(scatter?.kind === 'scatter');
    assert.deepEqual(keys(scatter.x, scatter.y), ['depth', 'loss']);
  });

  it('offers nothing where there is nothing to show', () => {
    for (const kind of relationKinds) {
      assert.equal(firstRelation(kind, [run('a', {}), run('b', {})], []), undefined);
      assert.equal(firstRelation(kind, [], []), undefined);
    }
  });
});
