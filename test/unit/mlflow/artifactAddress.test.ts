import assert from 'node:assert/strict';
import {
  connectionKey,
  fromAddressParts,
  isPlainPath,
  sameOwner,
  toAddressParts,
  type ArtifactAddress,
} from '../../../src/mlflow/artifactAddress';
import type { ArtifactOwner } from '../../../src/mlflow/model';

const key = connectionKey('http://127.0.0.1:5000');
const run: ArtifactOwner = { kind: 'run', runId: '0a1b' };

function address(owner: ArtifactOwner, path: string, ownerName = 'bold-cat'): ArtifactAddress {
  return { key, place: { owner, path }, ownerName };
}

describe('addresses of artifacts', () => {
  const owners: readonly ArtifactOwner[] = [
    run,
    { kind: 'loggedModel', modelId: 'm-77' },
    ...['CarSeat', 'a/b', '100 %', '%2F', '..', '모델', 'a\\b'].map((name): ArtifactOwner => ({
      kind: 'version',
      name,
      version: '3',
    })),
  ];
  const paths = ['', 'plots/roc.png', 'a b/#1?x=%20.txt', '한글.csv', 'a\\b', '%2e%2e/x'];

  for (const owner of owners) {
    it(`come back as they were: ${JSON.stringify(owner)}`, () => {
      for (const path of paths) {
        const there = address(owner, path, owner.kind === 'version' ? owner.name : 'bold-cat');
        assert.deepEqual(fromAddressParts(toAddressParts(there)), there);
      }
    });
  }

  it('show the name of the owner and the path of the file', () => {
    assert.equal(
      toAddressParts(address(run, 'plots/roc.png')).path,
      '/run/0a1b/bold-cat/plots/roc.png',
    );
  });

  it('keep a name of the owner from being parts of the path', () => {
    for (const name of ['../../x', 'a/b', '', '..', '<img>']) {
      const parts = toAddressParts(address(run, 'x.txt', name));
      assert.equal(parts.path.split('/').length, 5, parts.path);
      assert.equal(fromAddressParts(parts)?.place.path, 'x.txt');
    }
  });

  it('name the head and the tail of a text, and drop what editors add', () => {
    const parts = toAddressParts({ ...address(run, 'big.log'), part: 'tail' });
    assert.equal(fromAddressParts(parts)?.part, 'tail');
    assert.equal(fromAddressParts({ ...parts, query: 'version=17' })?.part, undefined);
  });

  it('lead nowhere else', () => {
    const paths = [
      ...['/run/0a1b/n/../x', '/run/0a1b/n/a//x', '/run/0a1b/n/./x', '/run/0a1b/n/a\0b'],
      ...['/run', '/run/0a1b', '/', '', '/model//n/x', '/elsewhere/1/2/x'],
    ];
    for (const path of paths) {
      assert.equal(fromAddressParts({ authority: key, path, query: '' }), undefined, path);
    }
    const parts = toAddressParts(address(run, 'x'));
    assert.equal(fromAddressParts({ ...parts, authority: 'evil.example' }), undefined);
  });

  it('tell plain paths from others', () => {
    assert.ok(['', 'a', 'a/b', 'a\\b', '...'].every(isPlainPath));
    assert.ok(!['/a', 'a/', 'a//b', '..', 'a/../b', '.', 'a\0'].some(isPlainPath));
  });

  it('tell owners apart', () => {
    assert.ok(sameOwner(run, { kind: 'run', runId: '0a1b' }));
    assert.ok(!sameOwner(run, { kind: 'loggedModel', modelId: '0a1b' }));
    const version = (name: string, number: string): ArtifactOwner => ({
      kind: 'version',
      name,
      version: number,
    });
    assert.ok(!sameOwner(version('a', '1'), version('a', '2')));
  });
});
