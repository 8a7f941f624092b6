import assert from 'node:assert/strict';
import { sourceOf } from '../../../../src/panels/present/namedSource';

const source = (name: string, repository: string) =>
  sourceOf({
    tags: [
      { key: 'mlflow.source.name', value: name },
      { key: 'mlflow.source.git.repoURL', value: repository },
      { key: 'mlflow.source.git.commit', value: 'c0ffee' },
    ],
  });

describe('what a run says about its code', () => {
  it('is without the sign-in that an address holds', () => {
    assert.deepEqual(source('https://me:secret@host/p#sub', 'https://ghp_secret@host/p.git'), {
      name: 'https://host/p#sub',
      repository: 'https://host/p.git',
      commit: 'c0ffee',
      branch: '',
    });
  });

  it('is as it was logged otherwise', () => {
    for (const text of ['C:\\me\\train.py', 'git@host:me/p.git', 'https://host/p', 'a@b', '']) {
      const { name, repository } = source(text, text);
      assert.deepEqual([name, repository], [text, text]);
    }
  });
});
