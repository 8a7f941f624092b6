import './page.css';

import type { ComparePage } from '../../src/protocol/comparePage';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startPage } from '../kit/startPage';
import { keepView } from './keepView';
import { initialState, reduce } from './state';
import { pageView } from './view';

const link = connectPage<ComparePage>();
const store = new PageStore(initialState, reduce);

link.on('runs', (event) => store.dispatch({ type: 'runs', event }));
link.on('trouble', (sentence) => store.dispatch({ type: 'trouble', sentence }));
void startPage({
  store,
  view: (state) => pageView(state, store.dispatch, link),
  askInit: () => link.call('init', undefined),
  begin: (init) => {
    store.dispatch({ type: 'started', init, editorState: link.getState() });
    keepView(store, link);
  },
  fail: (sentence) => store.dispatch({ type: 'failed', sentence }),
  tell: (failure) => link.notify('failure', failure),
});
