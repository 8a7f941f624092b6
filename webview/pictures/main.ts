import './page.css';
import '../gallery/gallery.css';

import type { PicturesPage } from '../../src/protocol/picturesPage';
import { PictureCache } from '../gallery/pictureCache';
import { fieldsOf } from '../kit/fields';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startPage } from '../kit/startPage';
import { initialState, reduce, writeKept } from './state';
import type { PageState } from './state';
import { pageView } from './view';

const link = connectPage<PicturesPage>();
const store = new PageStore(initialState, reduce);
const cache = new PictureCache({
  read: ({ run }, signal) => link.call('picture', run, signal),
  onChange: () => store.dispatch({ type: 'pictureRead' }),
});

function keep({ restore, kept }: PageState): void {
  link.setState({ ...fieldsOf(restore), view: writeKept(kept) });
}

void startPage({
  store,
  link,
  view: (state) => pageView(state, store.dispatch, { link, cache }),
  askInit: () => link.call('init', undefined),
  begin: (init) => {
    store.dispatch({ type: 'started', init, editorState: link.getState() });
    cache.want(init.pictures.map(({ key, path }) => ({ run: key, path })));
    keep(store.state);
    store.onChange(keep);
  },
});
