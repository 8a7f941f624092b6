import './page.css';

import type { VersionsPage } from '../../src/protocol/versionsPage';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startKeptPage } from '../kit/startKeptPage';
import { writeKept } from './kept';
import { writeLayout } from './layout';
import { initialState, reduce } from './state';
import { pageView } from './view';

const link = connectPage<VersionsPage>();
const store = new PageStore(initialState, reduce);

link.on('versions', (event) => store.dispatch({ type: 'versions', event }));
startKeptPage(store, {
  link,
  view: (state) => pageView({ state, dispatch: store.dispatch, link }),
  askInit: () => link.call('init', undefined),
  write: ({ layout, kept }) => ({ layout: writeLayout(layout), kept: writeKept(kept) }),
  sayLayout: (layout) => link.notify('layout', layout),
});
