import './page.css';

import type { RunsPage } from '../../src/protocol/runsPage';
import { keepView } from '../kit/keepView';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startPage } from '../kit/startPage';
import { restorePlace } from '../kit/wideGrid/restorePlace';
import { askForRuns } from './asking';
import { ExtremesReader } from './extremesReader';
import { writeKept } from './model/kept';
import { writeLayout } from './model/layoutJson';
import { initialState, reduce } from './state';
import { TableActions } from './table/tableActions';
import { tableView } from './table/tableView';
import type { ToolbarActions } from './toolbar/toolbarActions';
import { pageView } from './view';

/** Ages are told anew so often, in milliseconds. */
const tick = 30_000;

const link = connectPage<RunsPage>();
const store = new PageStore(initialState, reduce);
const extremes = new ExtremesReader(store, link);
let refresh = (): void => undefined;
const actions: ToolbarActions = {
  dispatch: store.dispatch,
  link,
  table: new TableActions(store.dispatch, link, extremes.setSeen, extremes),
  refresh: () => refresh(),
  now: () => tableView(store.state),
};

link.on('rows', (event) => store.dispatch({ type: 'rows', event }));
link.on('gone', (event) => store.dispatch({ type: 'gone', event }));
link.on('progress', (event) => store.dispatch({ type: 'progress', event }));
link.on('colors', (colors) => store.dispatch({ type: 'colors', colors }));
link.on('facts', (facts) => store.dispatch({ type: 'facts', facts }));
link.on('trouble', (sentence) => store.dispatch({ type: 'trouble', sentence }));

void startPage({
  store,
  link,
  view: (state) => pageView(state, actions),
  askInit: () => link.call('init', undefined),
  begin: (init) => {
    store.dispatch({ type: 'started', init, editorState: link.getState() });
    keepView(store, {
      setState: (state) => link.setState(state),
      sayLayout: (layout) => link.notify('layout', layout),
      write: ({ layout, kept }) => ({ layout: writeLayout(layout), kept: writeKept(kept) }),
    });
    const runs = askForRuns(store, link);
    refresh = () => {
      runs.again();
      extremes.again();
    };
    restorePlace(store.state.kept);
    setInterval(() => store.dispatch({ type: 'tick', now: Date.now() }), tick);
  },
});
