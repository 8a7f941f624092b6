import './page.css';

import type { ComparePage } from '../../src/protocol/comparePage';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startKeptPage } from '../kit/startKeptPage';
import { writeKept } from './kept';
import { writeLayout } from './layout';
import { initialState, reduce } from './state';
import { pageView } from './view';

const link = connectPage<ComparePage>();
const store = new PageStore(initialState, reduce);

link.on('runs', (event) => store.dispatch({ type: 'runs', event }));
link.on('trouble', (sentence) => store.dispatch({ type: 'trouble', sentence }));
startKeptPage(store, {
  link,
  view: (state) => pageView(state, store.dispatch, link),
  askInit: () => link.call('init', undefined),
  write: ({ layout, kept }) => ({ layout: writeLayout(layout), kept: writeKept(kept) }),
  sayLayout: (layout) => link.notify('layout', layout),
});
