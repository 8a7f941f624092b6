import type { TableInit, TablePage } from '../../../src/protocol/tablePage';
import { keepView } from '../../kit/keepView';
import type { Link } from '../../kit/link';
import { PageStore } from '../../kit/pageStore';
import { startPage } from '../../kit/startPage';
import { restorePlace } from '../../kit/wideGrid/restorePlace';
import { Arranging } from './arranging';
import { writeKept } from './kept';
import { initialState, reduce } from './state';
import { TableActions } from './tableActions';
import { pageView } from './view';

/** Shows one table. */
export async function startTable(link: Link<TablePage>, asked: Promise<TableInit>): Promise<void> {
  const store = new PageStore(initialState, reduce);
  const arranging = new Arranging(store, link);
  const actions = new TableActions(store, link, arranging);
  link.on('progress', (progress) => {
    arranging.grown(store.state.progress.facts.rows, progress);
    store.dispatch({ type: 'progress', progress });
  });
  await startPage({
    store,
    link,
    view: (state) => pageView(state, actions),
    askInit: () => asked,
    begin: (init) => {
      store.dispatch({ type: 'started', init, editorState: link.getState() });
      keepView(store, {
        setState: (state) => link.setState(state),
        write: ({ kept }) => ({ layout: undefined, kept: writeKept(kept) }),
      });
      arranging.begin();
      restorePlace(store.state.kept);
    },
  });
}
