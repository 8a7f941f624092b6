import assert from 'node:assert/strict';
import { wholePlan } from '../../../src/projects/sweepContracts';
import { readRecord, recordText, type SweepRecord } from '../../../src/projects/sweepRecord';

const record: SweepRecord = {
  ...{ version: 1, name: 'sweep', fileName: 'config.yaml', method: 'grid', seed: 1, count: 4 },
  ...{ fixedParameters: [['epochs', '3']], metric: undefined, backend: 'local', parallelism: 2 },
  ...{ environmentManager: 'uv', choice: wholePlan },
  program: { kind: 'script', file: 'src/train.py', folder: '/project' },
};
const readWith = (change: object): SweepRecord | undefined =>
  readRecord(recordText({ ...record, ...change }));
const project = { kind: 'project', uri: '/project', version: undefined, entryPoint: 'main' };

describe('the record of a sweep', () => {
  it('is read as it was written', () => {
    assert.deepEqual(readWith({}), record);
    assert.deepEqual(readWith({ program: project })?.program, project);
    assert.equal(readWith({ environmentManager: 'a shell' })?.environmentManager, undefined);
  });

  it('has no program that Python or MLflow would take for an option', () => {
    const file = '-cimport os;print(1)#/../src/train.py';
    const script = { kind: 'script', folder: '/project' };
    assert.deepEqual(readWith({ program: { ...script, file } })?.program, record.program);
    for (const odd of ['-cimport os', './-cimport os', 'a/../-m']) {
      assert.equal(readWith({ program: { ...script, file: odd } }), undefined, odd);
    }
    assert.equal(readWith({ program: { ...project, entryPoint: '-c1#.py' } }), undefined);
    assert.equal(readWith({ program: { ...project, version: '--force' } }), undefined);
  });

  it('has no file that lies elsewhere', () => {
    for (const fileName of ['', '..', '.', '../config.yaml', 'a/b.yaml', 'a\\b.yaml']) {
      assert.equal(readWith({ fileName }), undefined, fileName);
    }
    assert.equal(readWith({ fileName: 'a..b.yaml' })?.fileName, 'a..b.yaml');
  });
});
