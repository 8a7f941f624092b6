import assert from 'node:assert/strict';
import type { Artifact, ArtifactOwner } from '../../../src/mlflow/model';
import { artifactRows } from '../../../src/tree/artifactNodes';

const file = (path: string): Artifact => ({ path, isDirectory: false, size: 1 });
const folder = (path: string): Artifact => ({ path, isDirectory: true, size: undefined });

/** Paths of rows that can be registered. */
function models(owner: ArtifactOwner, path: string, files: readonly Artifact[]): string {
  const list = Object.assign([...files], {
    ...{ size: files.length, error: undefined, failedReadingOn: false, loadedAt: 1 },
    hasMore: false,
  });
  const of = { place: { owner, path }, ownerName: 'a', root: 'r' };
  return artifactRows(of, 'r', list, (place) => place.path.endsWith('forest'))
    .flatMap((row) => (row.kind === 'artifact' && row.isModel ? row.artifact.path : []))
    .join();
}

describe('rows of artifacts that can be registered', () => {
  const run = { kind: 'run', runId: 'r' } as const;

  it('are folders of a run that are known to hold a model, and the file that makes them one', () => {
    const files = [folder('a/forest'), folder('a/notes'), file('a/MLmodel'), file('a/MLmodel.txt')];
    assert.equal(models(run, 'a', files), 'a/forest,a/MLmodel');
    assert.equal(models(run, '', [file('MLmodel'), file('notMLmodel')]), 'MLmodel');
  });

  it('are of a model with files of its own only the whole, and of a version nothing', () => {
    const logged = { kind: 'loggedModel', modelId: 'm-1' } as const;
    assert.equal(models(logged, '', [file('MLmodel'), folder('forest')]), 'MLmodel');
    assert.equal(models(logged, 'sub', [file('sub/MLmodel')]), '');
    const version = { kind: 'version', name: 'm', version: '1' } as const;
    assert.equal(models(version, '', [file('MLmodel'), folder('forest')]), '');
  });
});
