import assert from 'node:assert/strict';
import { newestFirst, toOrderBy } from '../../../src/mlflow/runOrder';

describe('toOrderBy', () => {
  it('names attributes plainly', () => {
    assert.deepEqual(toOrderBy(newestFirst), ['attributes.start_time DESC']);
    assert.deepEqual(toOrderBy({ by: 'attribute', key: 'run_name', ascending: true }), [
      'attributes.run_name ASC',
    ]);
  });

  it('quotes keys of metrics, params and tags', () => {
    assert.deepEqual(toOrderBy({ by: 'metric', key: 'anomaly cnt', ascending: false }), [
      'metrics.`anomaly cnt` DESC',
    ]);
    assert.deepEqual(toOrderBy({ by: 'param', key: 'a/b', ascending: true }), ['params.`a/b` ASC']);
    assert.deepEqual(toOrderBy({ by: 'tag', key: '__proto__', ascending: true }), [
      'tags.`__proto__` ASC',
    ]);
  });
});
