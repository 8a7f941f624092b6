import assert from 'node:assert/strict';
import {
  differingParams,
  fieldsOfRuns,
  firstRelation,
} from '../../../../webview/relations/choices';
import { relationKinds } from '../../../../webview/relations/spec';
import { run, sourceOf } from './runsFixture';

const runs = [
  run('a', { depth: '3', lr: '0.1', opt: 'adam', seed: '7' }),
  run('b', { depth: '4', lr: '0.2', opt: 'sgd', seed: '7' }),
  run('c', { depth: '5', opt: 'adam', seed: '7', only: 'x' }),
];

const keys = (...fields: readonly ({ field: { key: string } } | undefined)[]): unknown =>
  fields.map((each) => each?.field.key);

describe('fields of runs', () => {
  it('are params that differ, then the others, then metrics, those of the machine last', () => {
    assert.deepEqual(differingParams(sourceOf(runs)), ['depth', 'lr', 'opt']);
    const fields = fieldsOfRuns(sourceOf(runs, ['system/cpu', 'loss']));
    assert.deepEqual(
      fields.map(({ key }) => key),
      ['depth', 'lr', 'opt', 'only', 'seed', 'loss', 'system/cpu'],
    );
  });
});

describe('firstRelation', () => {
  it('begins with what differs and can be drawn', () => {
    const parallel = firstRelation('parallel', sourceOf(runs));
    assert.ok(parallel?.kind === 'parallel');
    assert.deepEqual(keys(...parallel.axes), ['depth', 'lr', 'opt', 'loss', 'acc']);
    const contour = firstRelation('contour', sourceOf(runs));
    assert.ok(contour?.kind === 'contour');
    assert.deepEqual(keys(contour.x, contour.y, contour.z), ['depth', 'lr', 'loss']);
    const box = firstRelation('box', sourceOf(runs));
    assert.ok(box?.kind === 'box');
    assert.deepEqual(keys(box.x, box.y), ['opt', 'loss']);
    const scatter = firstRelation('scatter', sourceOf(runs));
    assert.ok(scatter?.kind === 'scatter');
    assert.deepEqual(keys(scatter.x, scatter.y), ['depth', 'loss']);
  });

  it('offers nothing where there is nothing to show', () => {
    for (const kind of relationKinds) {
      assert.equal(firstRelation(kind, sourceOf([run('a', {}), run('b', {})], [])), undefined);
      assert.equal(firstRelation(kind, sourceOf([], [])), undefined);
    }
  });
});
