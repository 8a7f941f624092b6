import assert from 'node:assert/strict';
import { isGitUri } from '../../../src/launching/gitUri';

describe('Git URIs of projects', () => {
  it('are what MLflow takes for one', () => {
    for (const uri of [
      'https://git.example/project.git',
      'git@git.example:team/project.git#sub',
      'ssh://git@git.example/project.git',
      'file:///data/project.git',
    ]) {
      assert.ok(isGitUri(uri), uri);
    }
    for (const text of ['', '/data/project', 'project', 'C:\\data', 'a b']) {
      assert.ok(!isGitUri(text), text);
    }
  });

  it('hold no secret, since MLflow logs them', () => {
    assert.ok(!isGitUri('https://user:password@git.example/p.git'));
    assert.ok(!isGitUri('https://token@git.example/p.git'));
  });
});
