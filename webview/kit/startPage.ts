import * as l10n from '@vscode/l10n';
import { render } from 'lit';
import type { TemplateResult } from 'lit';
import { addLiveRegion, reasonOf } from './announce';
import { defineElements } from './elements';
import type { PageStore } from './pageStore';

/** What every page's `init` says. */
export interface PageInit {
  /** Texts in the editor's language, by the English ones; absent for English. */
  readonly texts: Readonly<Record<string, string>> | undefined;
  /** A BCP 47 tag. */
  readonly locale: string;
}

/** Why there is nothing to show. */
interface Failed {
  readonly type: 'failed';
  readonly sentence: string;
}

/** What a page consists of, for {@link startPage}. */
export interface PageParts<S, I extends PageInit> {
  readonly store: Pick<PageStore<S, Failed>, 'state' | 'onChange' | 'dispatch'>;
  /** Logs a failure of the page itself; what is shown stays. */
  readonly link: { notify(notice: 'failure', failure: string): void };
  readonly view: (state: S) => TemplateResult;
  readonly askInit: () => Promise<I>;
  /** Shows the page; texts are in the editor's language from now on. */
  readonly begin: (init: I) => void;
}

/** Draws the page into a `<main>` now and after each change of its state, and asks how it begins. */
export async function startPage<S, I extends PageInit>(parts: PageParts<S, I>): Promise<void> {
  const { store, link, view, askInit, begin } = parts;
  const tell = (failure: unknown): void => link.notify('failure', textOf(failure));
  defineElements();
  const main = document.createElement('main');
  document.body.prepend(main);
  addLiveRegion();
  const show = (): void => void render(view(store.state), main);
  window.addEventListener('error', ({ error, message }) => tell(error ?? message));
  window.addEventListener('unhandledrejection', ({ reason }) => tell(reason));
  store.onChange(show);
  show();
  try {
    const init = await askInit();
    if (init.texts !== undefined) l10n.config({ contents: { ...init.texts } });
    document.documentElement.lang = init.locale;
    begin(init);
  } catch (error) {
    store.dispatch({ type: 'failed', sentence: reasonOf(error) });
  }
}

function textOf(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}
