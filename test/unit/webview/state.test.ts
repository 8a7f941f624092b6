import assert from 'node:assert/strict';
import { baselineOf, initialState, reduce, visibleRuns } from '../../../webview/compare/state';
import type { PageAction, PageState } from '../../../webview/compare/state';
import { threeRuns } from '../../page/fixtures';

function after(state: PageState, ...actions: readonly PageAction[]): PageState {
  return actions.reduce(reduce, state);
}

const names = (state: PageState): string[] => visibleRuns(state).map(({ name }) => name);

describe('the state of the compare page', () => {
  const fixture = threeRuns();
  const init = fixture.init({ layout: { smoothing: 0.5 } });
  const start = (editorState?: unknown): PageState =>
    reduce(initialState, { type: 'started', init, editorState });

  it('starts with only differences, the first run as baseline, and the remembered layout', () => {
    const state = start();
    assert.equal(state.layout.onlyDifferences.parameters, true);
    assert.equal(state.layout.smoothing, 0.5);
    assert.equal(baselineOf(state)?.name, 'bold-cat');
    assert.deepEqual(names(state), ['bold-cat', 'amusing-ox', 'calm-elk']);
  });

  it('prefers what this very tab kept to the remembered layout', () => {
    const view = { layout: { smoothing: 0.9 }, kept: { hidden: ['run-1'], baseline: 'run-2' } };
    const state = start({ version: 1, view });
    assert.equal(state.layout.smoothing, 0.9);
    assert.equal(baselineOf(state)?.name, 'calm-elk');
    assert.deepEqual(names(state), ['bold-cat', 'calm-elk']);
  });

  it('hides a run, all others, and none', () => {
    const hidden = after(start(), { type: 'toggleHidden', run: 'run-0' });
    assert.deepEqual(names(hidden), ['amusing-ox', 'calm-elk']);
    const alone = after(hidden, { type: 'hideOthers', run: 'run-0' });
    assert.deepEqual(names(alone), ['bold-cat']);
    assert.deepEqual(names(after(alone, { type: 'showAll' })).length, 3);
  });

  it('takes new facts, the new order, and lets go of runs that are not in it', () => {
    const state = start();
    const changed = { ...fixture.runs[2]!, name: 'calm-elk-2' };
    const event = {
      runs: [changed],
      order: ['run-2', 'run-0'],
      metricKeys: [...fixture.metricKeys, 'new'],
      restore: { version: 2 },
      readAt: 5,
    };
    const next = after(state, { type: 'runs', event });
    assert.deepEqual(names(next), ['calm-elk-2', 'bold-cat']);
    assert.equal(next.metricKeys.at(-1), 'new');
    assert.deepEqual(next.restore, { version: 2 });
    assert.equal(next.runs[1], state.runs[0]);
  });

  it('forgets a removed run, hidden or baseline', () => {
    const state = after(
      start(),
      { type: 'baseline', run: 'run-1' },
      { type: 'toggleHidden', run: 'run-1' },
      { type: 'removed', runs: ['run-1'] },
    );
    assert.deepEqual(names(state), ['bold-cat', 'calm-elk']);
    assert.equal(baselineOf(state)?.name, 'bold-cat');
    assert.equal(state.kept.hidden.size, 0);
  });

  it('shows failed runs as being read while they are tried again', () => {
    const failed = { ...fixture.runs[0]!, standing: 'failed', problem: 'No.' } as const;
    const state = reduce(initialState, {
      type: 'started',
      init: { ...init, runs: [failed, fixture.runs[1]!] },
      editorState: undefined,
    });
    const [first, second] = after(state, { type: 'retrying', runs: ['run-0'] }).runs;
    assert.equal(first?.standing, 'loading');
    assert.equal(first?.problem, undefined);
    assert.equal(second?.standing, 'ready');
  });

  it('stays the same object where the highlight stays', () => {
    const state = after(start(), { type: 'highlight', run: 'run-1' });
    assert.equal(reduce(state, { type: 'highlight', run: 'run-1' }), state);
  });
});
