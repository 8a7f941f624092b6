import assert from 'node:assert/strict';
import { newestFirst } from '../../../src/state/versionEntry';

describe('versions to compare', () => {
  it('stand newest first, those of one model together', () => {
    const place = (name: string, version: string) => ({ connection: 'a', name, version });
    const places = [place('seat', '9'), place('bike', '1'), place('seat', '10')];
    assert.deepEqual(
      newestFirst(places).map(({ name, version }) => `${name} ${version}`),
      ['seat 10', 'seat 9', 'bike 1'],
    );
  });
});
