import './page.css';

import type { VersionsPage } from '../../src/protocol/versionsPage';
import { followScroll } from '../kit/followScroll';
import { keepView } from '../kit/keepView';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startPage } from '../kit/startPage';
import { writeKept } from './kept';
import { writeLayout } from './layout';
import { initialState, reduce } from './state';
import { pageView } from './view';

const link = connectPage<VersionsPage>();
const store = new PageStore(initialState, reduce);

link.on('versions', (event) => store.dispatch({ type: 'versions', event }));
void startPage({
  store,
  view: (state) => pageView({ state, dispatch: store.dispatch, link }),
  askInit: () => link.call('init', undefined),
  begin: (init) => {
    store.dispatch({ type: 'started', init, editorState: link.getState() });
    keepView(store, {
      setState: (state) => link.setState(state),
      sayLayout: (layout) => link.notify('layout', layout),
      write: ({ layout, kept }) => ({ layout: writeLayout(layout), kept: writeKept(kept) }),
    });
    followScroll(store.state.kept.scroll, (scroll) => {
      store.dispatch({ type: 'kept', change: { scroll } });
    });
  },
  fail: (sentence) => store.dispatch({ type: 'failed', sentence }),
  tell: (failure) => link.notify('failure', failure),
});
