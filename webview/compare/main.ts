import './page.css';

import * as l10n from '@vscode/l10n';
import { render } from 'lit';
import type { ComparePage } from '../../src/protocol/comparePage';
import { addLiveRegion, reasonOf } from '../kit/announce';
import { defineElements } from '../kit/elements';
import { connectPage } from '../kit/link';
import { PageStore } from '../kit/pageStore';
import { keepView } from './keepView';
import { initialState, reduce } from './state';
import { pageView } from './view';

defineElements();
const link = connectPage<ComparePage>();
const store = new PageStore(initialState, reduce);
const main = document.createElement('main');
document.body.prepend(main);
addLiveRegion();

function show(): void {
  render(pageView(store.state, store.dispatch, link), main);
}

/** What went wrong in the page itself is for the log; what is shown stays. */
function tell(failure: unknown): void {
  link.notify(
    'failure',
    failure instanceof Error ? (failure.stack ?? failure.message) : String(failure),
  );
}

async function start(): Promise<void> {
  show();
  try {
    const init = await link.call('init', undefined);
    if (init.texts !== undefined) l10n.config({ contents: { ...init.texts } });
    document.documentElement.lang = init.locale;
    store.dispatch({ type: 'started', init, editorState: link.getState() });
    keepView(store, link);
  } catch (error) {
    store.dispatch({ type: 'failed', sentence: reasonOf(error) });
  }
}

window.addEventListener('error', ({ error, message }) => tell(error ?? message));
window.addEventListener('unhandledrejection', ({ reason }) => tell(reason));
link.on('runs', (event) => store.dispatch({ type: 'runs', event }));
link.on('trouble', (sentence) => store.dispatch({ type: 'trouble', sentence }));
store.onChange(show);
void start();
