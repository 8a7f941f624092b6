import assert from 'node:assert/strict';
import type { LoggedModel } from '../../../../src/mlflow/model';
import {
  modelFolder,
  sourceFor,
  sourceOfFolder,
  sourcesOfRun,
} from '../../../../src/mlflow/registry/modelSources';
import { aRun } from '../../../support/fakeStore';

const logged: LoggedModel = {
  id: 'm-1',
  experimentId: '1',
  name: 'model',
  artifactUri: 's3://bucket/1/models/m-1/artifacts',
  status: 'READY',
  modelType: '',
  sourceRunId: 'r',
  creationTime: 0,
  lastUpdatedTime: 0,
  params: [],
  metrics: [],
  tags: [],
};
const run = aRun('r', {
  artifactUri: 'mlflow-artifacts:/1/r/artifacts',
  tags: [
    {
      key: 'mlflow.log-model.history',
      value: JSON.stringify([
        { artifact_path: 'model', flavors: { sklearn: {} } },
        { artifact_path: 'nested/other', flavors: {} },
        { artifact_path: 'nested/other', flavors: {} },
        { flavors: {} },
        7,
      ]),
    },
  ],
});

describe('the models of a run', () => {
  it('are those that lie beside it, then those in folders, each once', () => {
    const found = sourcesOfRun(run, [logged]);
    assert.deepEqual(
      found.map(({ label, source, modelId }) => [label, source, modelId]),
      [
        ['model', 'models:/m-1', 'm-1'],
        ['nested/other', 'runs:/r/nested/other', undefined],
      ],
    );
  });

  it('are none where the note of them was cut short', () => {
    const cut = { ...run, tags: [{ key: 'mlflow.log-model.history', value: '[{"artifact' }] };
    assert.deepEqual(sourcesOfRun(cut, []), []);
  });
});

describe('the source that a registry takes', () => {
  const [beside] = sourcesOfRun(run, [logged]);
  const inFolder = sourceOfFolder(run, 'model');
  assert.ok(beside);

  it('names run or model on the same server', () => {
    assert.equal(sourceFor(inFolder, true, 'http://a:5000').source, 'runs:/r/model');
    assert.deepEqual(sourceFor(beside, true, 'http://a:5000'), {
      source: 'models:/m-1',
      modelId: 'm-1',
      runId: 'r',
    });
  });

  it('says where the files lie on another server', () => {
    assert.deepEqual(sourceFor(beside, false, 'http://a:5000'), {
      source: 's3://bucket/1/models/m-1/artifacts',
      modelId: undefined,
      runId: 'r',
    });
    assert.equal(
      sourceFor(inFolder, false, 'http://a:5000/x').source,
      'mlflow-artifacts://a:5000/1/r/artifacts/model',
    );
  });
});

describe('the folder of a model', () => {
  it('is a folder itself, or the one that an MLmodel lies in', () => {
    const owner = { kind: 'run', runId: 'r' } as const;
    const of = (path: string): string => modelFolder({ owner, path }).path;
    assert.deepEqual(['a/b', 'a/b/MLmodel', 'MLmodel', ''].map(of), ['a/b', 'a/b', '', '']);
  });
});
