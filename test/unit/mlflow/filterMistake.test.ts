import assert from 'node:assert/strict';
import { filterMistake } from '../../../src/mlflow/filterMistake';
import type { ServerInfo } from '../../../src/mlflow/trackingStore';

function server(version: string | undefined, storeType?: string): ServerInfo {
  return {
    version,
    storeType,
    uiUrl: undefined,
    can: {
      loggedModels: true,
      filterNull: true,
      pagedHistory: true,
      workspaces: false,
      artifactServing: true,
      watching: false,
    },
  };
}

const known = server('3.17.2', 'SqlStore');

describe('filterMistake', () => {
  for (const [typed, wrong, words] of [
    ["  params.lr > '1'", '>', /^Invalid comparator '>'/],
    ['metrics.rmse < 1 AND nothing.x = 2', 'nothing', /^Invalid entity type 'nothing'/],
    ["metrics.rmse < 'low'", "'low'", /^Expected numeric value type for metric/],
    ["tags.`값` = '😀' and attributes.colour = 'red'", 'colour', /^Invalid attribute key 'colour'/],
    ['metrics.a < 1 OR metrics.b < 1', 'OR', /^Invalid clause\(s\) in filter string: 'OR'/],
  ] as const) {
    it(`says where ${typed.trim()} is wrong, in MLflow’s words`, () => {
      const mistake = filterMistake(typed, known);
      assert.match(mistake?.message ?? '', words);
      assert.equal(typed.slice(mistake?.start, mistake?.end), wrong);
    });
  }

  for (const typed of [
    '',
    'bold-cat',
    'a > b, my run',
    "params.lr = '0.1' and metrics.rmse < 1",
    'params.lr IS NULL',
    "attributes.run_id IN ('a', 'b')",
    "metrics.rmse < 1 -- and nothing.x = 'a comment'",
  ]) {
    it(`lets the server judge ${typed || 'nothing'}`, () => {
      assert.equal(filterMistake(typed, known), undefined);
    });
  }

  it('lets the server judge what only some releases take', () => {
    assert.equal(filterMistake('params.lr IS NULL', server('2.9.1')), undefined);
    assert.equal(filterMistake('attributes.start_time > 1.5', server('2.22.5')), undefined);
  });

  it('lets a server judge whose release is not known', () => {
    for (const version of [undefined, '4.0.0', '3.99.0', '1.30.0', 'next']) {
      assert.equal(filterMistake("params.lr > '1'", server(version)), undefined, version);
    }
  });

  it('knows the languages of MLflow 2, of both kinds of stores, and of stores on this machine', () => {
    for (const one of [
      server('2.22.5'),
      server('3.5.0rc1', 'FileStore'),
      server(undefined, 'SqlStore'),
      server(undefined, 'FileStore'),
    ]) {
      assert.notEqual(filterMistake("params.lr > '1'", one), undefined);
    }
  });
});
