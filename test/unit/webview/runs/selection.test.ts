import assert from 'node:assert/strict';
import { defaultKept } from '../../../../webview/runs/model/kept';
import { defaultLayout } from '../../../../webview/runs/model/tableLayout';
import { initialState } from '../../../../webview/runs/state';
import type { PageState } from '../../../../webview/runs/state';
import { selectedRuns, targetsAt } from '../../../../webview/runs/table/selection';
import { tableView } from '../../../../webview/runs/table/tableView';
import { runsData } from '../../../support/tableRuns';

describe('selectedRuns', () => {
  const stateWith = (layout: Partial<PageState['layout']>): PageState => ({
    ...initialState,
    data: runsData([{}, {}, {}]),
    layout: { ...defaultLayout, ...layout },
    kept: { ...defaultKept, selected: new Set(['run-0', 'run-2', 'run-gone']) },
  });

  it('are those that there are, from top to bottom', () => {
    assert.deepEqual(selectedRuns(tableView(stateWith({}))), ['run-2', 'run-0']);
  });

  it('are without those that are put away, unless these are shown', () => {
    const hidden = new Set(['run-2']);
    const view = tableView(stateWith({ hidden }));
    assert.deepEqual(selectedRuns(view), ['run-0']);
    assert.deepEqual(targetsAt(view, view.rowOf('run-0')!), ['run-0']);
    assert.deepEqual(selectedRuns(tableView(stateWith({ hidden, showHidden: true }))), [
      'run-2',
      'run-0',
    ]);
  });
});
