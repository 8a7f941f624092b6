import assert from 'node:assert/strict';
import { modelRow, versionRows, type ListView } from '../../../src/tree/children';
import { aModel, aVersion } from '../../support/fakeStore';

const list = (): ListView => ({
  size: 0,
  error: undefined,
  failedReadingOn: false,
  loadedAt: 1,
  hasMore: false,
});

describe('versionRows', () => {
  it('names the aliases that point at a version', () => {
    const model = aModel('m', {
      aliases: [
        { alias: 'champion', version: '2' },
        { alias: 'latest-good', version: '2' },
        { alias: 'old', version: '1' },
      ],
    });
    const versions = [aVersion('m', '2', { stage: 'Production' }), aVersion('m', '1')];
    const rows = versionRows(model, versions, list(), 'old');
    assert.deepEqual(
      rows.map((row) => row.kind === 'version' && [row.id, row.version.stage, row.aliases]),
      [
        ['version:m/2', 'Production', '@champion @latest-good'],
        ['version:m/1', 'None', '@old'],
      ],
    );
    assert.deepEqual(
      rows.map((row) => row.kind === 'version' && row.production),
      [true, true],
    );
  });

  it('tells what of a model is in production, by stage and by the alias for it', () => {
    const model = aModel('m', {
      aliases: [{ alias: 'live', version: '2' }],
      latestVersions: [aVersion('m', '3', { stage: 'Production' }), aVersion('m', '4')],
    });
    const production = (alias: string): unknown => {
      const row = modelRow(model, alias);
      return row.kind === 'model' && row.production;
    };
    assert.deepEqual([production('live'), production('production')], ['3, 2', '3']);
  });

  it('says that a model has no versions', () => {
    assert.equal(versionRows(aModel('m'), [], list(), 'production')[0]?.kind, 'empty');
  });
});
