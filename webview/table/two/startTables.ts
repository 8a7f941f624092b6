import type { TablesInit, TablesPage } from '../../../src/protocol/tablesPage';
import { keepView } from '../../kit/keepView';
import type { Link } from '../../kit/link';
import { PageStore } from '../../kit/pageStore';
import { startPage } from '../../kit/startPage';
import { Comparing } from './comparing';
import { writeKept } from './kept';
import { initialState, reduce } from './state';
import { pageView } from './view';

/** Shows how two tables differ. */
export async function startTables(
  link: Link<TablesPage>,
  asked: Promise<TablesInit>,
): Promise<void> {
  const store = new PageStore(initialState, reduce);
  const comparing = new Comparing(store, link);
  link.on('progress', (progress) => store.dispatch({ type: 'progress', progress }));
  await startPage({
    store,
    link,
    view: (state) => pageView(state, comparing),
    askInit: () => asked,
    begin: (init) => {
      store.dispatch({ type: 'started', init, editorState: link.getState() });
      keepView(store, {
        setState: (state) => link.setState(state),
        write: ({ kept }) => ({ layout: undefined, kept: writeKept(kept) }),
      });
      comparing.begin();
    },
  });
}
