import assert from 'node:assert/strict';
import { fromRestoreState, toRestoreState } from '../../../../src/panels/present/restoreState';

const places = [
  { connection: 'http://a', experimentId: '1', runId: 'x' },
  { connection: 'http://b', experimentId: '1', runId: 'x' },
  { connection: 'http://a', experimentId: '2', runId: 'y' },
];
const state = toRestoreState(places) as Record<string, unknown>;

describe('what a page keeps to be restored', () => {
  it('comes back as it was, through JSON', () => {
    const kept: unknown = JSON.parse(JSON.stringify(state));
    assert.deepEqual(fromRestoreState(kept, 500), places);
  });

  it('may be no run at all', () => {
    assert.deepEqual(fromRestoreState(toRestoreState([]), 500), []);
  });

  const hostile: Record<string, unknown> = {
    nothing: undefined,
    null: null,
    'a text': 'x',
    'a list': [state],
    'another version': { ...state, version: 2 },
    'runs that are no list': { ...state, runs: { length: 3 } },
    'too many runs': { ...state, runs: Array.from({ length: 501 }, () => [0, '1', 'x']) },
    'a run that is no list': { ...state, runs: ['0', '1', 'x'] },
    'a run with more': { ...state, runs: [[0, '1', 'x', 'more']] },
    'a connection that is not there': { ...state, runs: [[7, '1', 'x']] },
    'a connection by name': { ...state, runs: [['length', '1', 'x']] },
    'a connection between two': { ...state, runs: [[0.5, '1', 'x']] },
    'a connection that is no text': { ...state, connections: [{}, 'b'] },
    'an id that is a number': { ...state, runs: [[0, 1, 'x']] },
    'an empty id': { ...state, runs: [[0, '1', '']] },
    'a very long id': { ...state, runs: [[0, '1', 'x'.repeat(2001)]] },
  };
  for (const [what, kept] of Object.entries(hostile)) {
    it(`is refused where it is ${what}`, () => {
      assert.equal(fromRestoreState(kept, 500), undefined);
    });
  }
});
