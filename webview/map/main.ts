import './page.css';

import * as l10n from '@vscode/l10n';
import type { MapPage } from '../../src/protocol/mapPage';
import { reasonOf } from '../kit/announce';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startPage } from '../kit/startPage';
import { NotGeoJson, readGeoJson } from './geoJson';
import { initialState, reduce } from './state';
import { pageView } from './view';

const link = connectPage<MapPage>();
const store = new PageStore(initialState, reduce);

async function read(): Promise<void> {
  store.dispatch({ type: 'reading' });
  try {
    const bytes = await link.call('content', undefined);
    store.dispatch({ type: 'data', data: readGeoJson(new TextDecoder().decode(bytes)) });
  } catch (error) {
    store.dispatch(
      error instanceof NotGeoJson
        ? { type: 'malformed', sentence: malformedText(error) }
        : { type: 'failed', sentence: reasonOf(error) },
    );
  }
}

function malformedText({ problem }: NotGeoJson): string {
  return problem === 'json'
    ? l10n.t('The file is not JSON, so there is no map of it.')
    : l10n.t('The file holds no GeoJSON, so there is no map of it.');
}

void startPage({
  store,
  link,
  view: (state) => pageView(state, store.dispatch, link, () => void read()),
  askInit: () => link.call('init', undefined),
  begin: (init) => {
    store.dispatch({ type: 'started', init });
    link.setState(init.restore);
    void read();
  },
});
