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

/** What a page consists of, for {@link startPage}. */
export interface PageParts<S, A, I extends PageInit> {
  readonly store: PageStore<S, A>;
  readonly view: (state: S) => TemplateResult;
  readonly askInit: () => Promise<I>;
  /** Shows the page; texts are in the editor's language from now on. */
  readonly begin: (init: I) => void;
  /** Says why there is nothing to show. */
  readonly fail: (sentence: string) => void;
  /** Logs a failure of the page itself; what is shown stays. */
  readonly tell: (failure: string) => void;
}

/** Draws the page into a `<main>` now and after each change of its state, and asks how it begins. */
export async function startPage<S, A, I extends PageInit>(
  parts: PageParts<S, A, I>,
): Promise<void> {
  const { store, view, askInit, begin, fail, tell } = parts;
  defineElements();
  const main = document.createElement('main');
  document.body.prepend(main);
  addLiveRegion();
  const show = (): void => void render(view(store.state), main);
  window.addEventListener('error', ({ error, message }) => tell(textOf(error ?? message)));
  window.addEventListener('unhandledrejection', ({ reason }) => tell(textOf(reason)));
  store.onChange(show);
  show();
  try {
    const init = await askInit();
    if (init.texts !== undefined) l10n.config({ contents: { ...init.texts } });
    document.documentElement.lang = init.locale;
    begin(init);
  } catch (error) {
    fail(reasonOf(error));
  }
}

function textOf(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}
