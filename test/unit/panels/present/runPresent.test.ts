import assert from 'node:assert/strict';
import { loadSnippet } from '../../../../src/panels/present/loadSnippet';
import { sourcePaths } from '../../../../src/panels/present/sourcePaths';
import type { LoggedModel, Run } from '../../../../src/mlflow/model';

const withHistory = (history: unknown): Run =>
  ({
    id: 'r1',
    tags: [{ key: 'mlflow.log-model.history', value: JSON.stringify(history) }],
  }) as unknown as Run;

describe('the Python that loads what a run logged', () => {
  it('is general where the model is, else that of its own flavor', () => {
    const run = withHistory([
      { artifact_path: 'model', flavors: { python_function: {}, sklearn: {} } },
      { artifact_path: 'sub/"x"', flavors: { spark: {} } },
      { artifact_path: 'odd', flavors: { 'a b': {} } },
      { flavors: {} },
      'x',
    ]);
    assert.deepEqual(loadSnippet(run, []).split('\n'), [
      'import mlflow',
      '',
      'model = mlflow.pyfunc.load_model("runs:/r1/model")',
      'model = mlflow.spark.load_model("runs:/r1/sub/\\"x\\"")',
      'model = mlflow.pyfunc.load_model("runs:/r1/odd")',
      '',
    ]);
  });

  it('names the models of MLflow 3 by their ids', () => {
    const logged = [{ id: 'm-1' }] as unknown as readonly LoggedModel[];
    assert.match(loadSnippet(withHistory([]), logged), /load_model\("models:\/m-1"\)/);
  });

  it('names a folder once that was logged to again, and none that is beside the run', () => {
    const run = withHistory([
      { artifact_path: 'model', flavors: { python_function: {} } },
      { artifact_path: 'models:/m-1', flavors: { python_function: {} } },
      { artifact_path: 'model', flavors: { python_function: {} } },
    ]);
    assert.equal(loadSnippet(run, []).match(/load_model/g)?.length, 1);
  });

  it('is none where there is no model, or where its tag was cut', () => {
    assert.equal(loadSnippet(withHistory([]), []), '');
    const cut = { tags: [{ key: 'mlflow.log-model.history', value: '[{"artifact' }] };
    assert.equal(loadSnippet(cut as unknown as Run, []), '');
  });
});

describe('where the file that made a run may be', () => {
  it('is its path in the folder, then all ends of it', () => {
    assert.deepEqual(sourcePaths('/w/src/train.py', '/w'), ['src/train.py', 'train.py']);
    assert.deepEqual(sourcePaths('C:\\me\\p\\train.py', '/w'), [
      'me/p/train.py',
      'p/train.py',
      'train.py',
    ]);
  });

  it('never leads out of the folder', () => {
    for (const source of ['../train.py', '/w/../etc/passwd', 'a/./b', '', '/', 'a\0b'])
      assert.deepEqual(sourcePaths(source, '/w'), [], source);
  });
});
