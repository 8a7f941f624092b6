import assert from 'node:assert/strict';
import { fromVersionsState, toVersionsState } from '../../../../src/panels/present/restoreVersions';
import { versionCode } from '../../../../src/panels/present/versionCode';

const version = { name: 'CarSeat', version: '4', stage: 'None', aliases: [], modelId: undefined };

describe('code that loads a version', () => {
  const uris = (changes: Partial<Parameters<typeof versionCode>[0]>): readonly string[] =>
    versionCode({ ...version, ...changes }, 'pyfunc').map(({ uri }) => uri);

  it('has the number, the stage, the aliases and the logged model', () => {
    assert.deepEqual(uris({ stage: 'Production', aliases: ['a', 'b'], modelId: 'm-1' }), [
      'models:/CarSeat/4',
      'models:/CarSeat/Production',
      'models:/CarSeat@a',
      'models:/CarSeat@b',
      'models:/m-1',
    ]);
  });

  it('names no stage where there is none', () => {
    assert.deepEqual(uris({ stage: 'None' }), ['models:/CarSeat/4']);
    assert.deepEqual(uris({ stage: '' }), ['models:/CarSeat/4']);
  });

  it('asks the registry for the place of a model whose name no address can hold', () => {
    const [code] = versionCode({ ...version, name: 'team/seat "x"', stage: 'Staging' }, 'sklearn');
    assert.match(code?.code ?? '', /get_model_version_download_uri\("team\/seat \\"x\\"", "4"\)/);
    assert.match(code?.code ?? '', /mlflow\.sklearn\.load_model\(uri\)/);
  });
});

describe('what a page of versions keeps', () => {
  const places = [
    { connection: 'http://a', name: 'seat', version: '1' },
    { connection: 'http://b', name: '좌석/%', version: '2' },
  ];

  it('is read as it was written', () => {
    const kept = JSON.parse(JSON.stringify(toVersionsState(places))) as unknown;
    assert.deepEqual(fromVersionsState(kept, 2), places);
  });

  it('is not repaired where it is another', () => {
    const kept = toVersionsState(places) as Record<string, unknown>;
    assert.equal(fromVersionsState(kept, 1), undefined);
    assert.equal(fromVersionsState({ ...kept, version: 2 }, 2), undefined);
    assert.equal(fromVersionsState({ ...kept, connections: [] }, 2), undefined);
    assert.equal(fromVersionsState({ ...kept, versions: [[0, 'seat', 1]] }, 2), undefined);
    assert.equal(fromVersionsState(undefined, 2), undefined);
  });
});
