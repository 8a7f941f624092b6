import './page.css';

import type { ModelSummaryPage } from '../../src/protocol/modelSummaryPage';
import { reasonOf } from '../kit/announce';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { startPage } from '../kit/startPage';
import { initialState, reduce } from './state';
import { pageView } from './view';

const link = connectPage<ModelSummaryPage>();
const store = new PageStore(initialState, reduce);

async function readSummary(): Promise<void> {
  store.dispatch({ type: 'reading' });
  try {
    const summary = await link.call('summary', undefined);
    store.dispatch({ type: 'summary', summary });
    if (summary.example !== undefined) await readExample();
  } catch (error) {
    store.dispatch({ type: 'failed', sentence: reasonOf(error) });
  }
}

async function readExample(): Promise<void> {
  try {
    const text = await link.call('example', undefined);
    store.dispatch({ type: 'example', example: { text } });
  } catch (error) {
    store.dispatch({ type: 'example', example: { problem: reasonOf(error) } });
  }
}

void startPage({
  store,
  link,
  view: (state) => pageView(state, link, () => void readSummary()),
  askInit: () => link.call('init', undefined),
  begin: (init) => {
    store.dispatch({ type: 'started', init });
    link.setState(init.restore);
    void readSummary();
  },
});
