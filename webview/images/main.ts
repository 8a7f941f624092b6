import './page.css';
import '../gallery/gallery.css';

import type { ImagesPage } from '../../src/protocol/imagesPage';
import { writeGallery } from '../gallery/galleryLayout';
import { fieldsOf } from '../kit/fields';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startPage } from '../kit/startPage';
import { initialState, reduce } from './state';
import type { PageState } from './state';
import { pageView } from './view';

const link = connectPage<ImagesPage>();
const store = new PageStore(initialState, reduce);

function keep({ restore, gallery }: PageState): void {
  link.setState({ ...fieldsOf(restore), gallery: writeGallery(gallery) });
}

link.on('runs', (runs) => store.dispatch({ type: 'runs', runs }));
link.on('trouble', (sentence) => store.dispatch({ type: 'trouble', sentence }));
void startPage({
  store,
  link,
  view: (state) => pageView(state, store.dispatch, link),
  askInit: async () => {
    const [init] = await Promise.all([link.call('init', undefined), import('../gallery/main')]);
    return init;
  },
  begin: (init) => {
    store.dispatch({ type: 'started', init, editorState: link.getState() });
    keep(store.state);
    store.onChange(keep);
  },
});
