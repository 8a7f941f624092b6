import './page.css';

import type { VersionPage } from '../../src/protocol/versionPage';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startKeptPage } from '../kit/startKeptPage';
import { initialState, reduce, writeKept } from './state';
import { pageView } from './view';

const link = connectPage<VersionPage>();
const store = new PageStore(initialState, reduce);

link.on('view', (view) => store.dispatch({ type: 'view', view }));
startKeptPage(store, {
  link,
  view: (state) => pageView({ state, dispatch: store.dispatch, link }),
  askInit: () => link.call('init', undefined),
  write: ({ layout, kept }) => ({ layout, kept: writeKept(kept) }),
});
