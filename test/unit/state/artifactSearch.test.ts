import assert from 'node:assert/strict';
import type { Artifact, ArtifactPlace } from '../../../src/mlflow/model';
import { ArtifactSearch } from '../../../src/state/artifactSearch';

const root: ArtifactPlace = { owner: { kind: 'run', runId: 'r' }, path: '' };
const folder = (path: string): Artifact => ({ path, isDirectory: true, size: undefined });
const file = (path: string): Artifact => ({ path, isDirectory: false, size: 1 });

describe('ArtifactSearch', () => {
  let tree: Record<string, readonly Artifact[] | Error>;
  let found: string[];
  let atOnce: number;
  let most: number;
  const { signal } = new AbortController();

  beforeEach(() => {
    [found, atOnce, most] = [[], 0, 0];
  });

  const search = (): ArtifactSearch =>
    new ArtifactSearch({
      list: async ({ path }) => {
        most = Math.max(most, ++atOnce);
        await new Promise((resolve) => setImmediate(resolve));
        atOnce--;
        const entries = tree[path] ?? [];
        if (entries instanceof Error) {
          throw entries;
        }
        return entries;
      },
      onFound: (files) => found.push(...files.map(({ path }) => path)),
    });

  it('finds files near the top first, with few requests at a time', async () => {
    const folders = Array.from({ length: 20 }, (_, index) => `d${index}`);
    tree = {
      '': [...folders.map(folder), file('top')],
      ...Object.fromEntries(
        folders.map((path) => [path, [folder(`${path}/e`), file(`${path}/f`)]]),
      ),
      'd3/e': [file('d3/e/deep')],
    };
    const looked = search();
    await looked.run([root], signal);
    assert.equal(found[0], 'top');
    assert.equal(found.at(-1), 'd3/e/deep');
    assert.equal(found.length, 22);
    assert.ok(looked.isWhole && most <= 6);
  });

  it('goes round in no circle, and takes no path that leads elsewhere', async () => {
    tree = {
      '': [folder('a'), folder('..'), folder('a/../..'), file('a\0b'), folder('')],
      a: [folder('a'), folder(''), file('b/c'), folder('a/b'), file('a/x')],
      'a/b': [folder('a'), folder('a/b')],
    };
    await search().run([root], signal);
    assert.deepEqual(found, ['a/x']);
  });

  it('stops at its bound, and says so', async () => {
    tree = { '': Array.from({ length: 25_000 }, (_, index) => file(`f${index}`)) };
    const looked = search();
    await looked.run([root], signal);
    assert.equal(found.length, 20_000);
    assert.ok(looked.isBounded && !looked.isWhole);
  });

  it('goes on beside a folder that cannot be read, and fails where there is no other', async () => {
    tree = { '': [folder('a'), folder('b')], a: new Error('no'), b: [file('b/x')] };
    const looked = search();
    await looked.run([root], signal);
    assert.deepEqual([found, looked.failed], [['b/x'], 1]);
    tree = { '': new Error('no') };
    await assert.rejects(search().run([root], signal), /no/);
  });
});
