import './page.css';

import type { VersionPage } from '../../src/protocol/versionPage';
import { followScroll } from '../kit/followScroll';
import { keepView } from '../kit/keepView';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startPage } from '../kit/startPage';
import { initialState, reduce, writeKept } from './state';
import { pageView } from './view';

const link = connectPage<VersionPage>();
const store = new PageStore(initialState, reduce);

link.on('view', (view) => store.dispatch({ type: 'view', view }));
void startPage({
  store,
  view: (state) => pageView({ state, dispatch: store.dispatch, link }),
  askInit: () => link.call('init', undefined),
  begin: (init) => {
    store.dispatch({ type: 'started', init, editorState: link.getState() });
    keepView(store, {
      setState: (state) => link.setState(state),
      // What is folded belongs to this tab.
      sayLayout: () => undefined,
      write: ({ layout, kept }) => ({ layout, kept: writeKept(kept) }),
    });
    followScroll(store.state.kept.scroll, (scroll) => {
      store.dispatch({ type: 'kept', change: { scroll } });
    });
  },
  fail: (sentence) => store.dispatch({ type: 'failed', sentence }),
  tell: (failure) => link.notify('failure', failure),
});
