import * as vscode from 'vscode';

import { isAbortError } from '../mlflow/errors';
import type { PageFailure } from '../protocol/comparePage';
import type { PanelsHost } from './panelsHost';

const longestFailure = 2000;

/** What fails in a page or behind it: a sentence for the person who looks at it, and more for the log. */
export class PageTroubles {
  constructor(
    private readonly host: Pick<PanelsHost, 'explain' | 'log'>,
    /** Names the page in the log. */
    private readonly page: string,
  ) {}

  sentence(error: unknown): string {
    return this.host.explain(error);
  }

  /** What is amiss just now; `undefined` while nothing is. */
  trouble(error: unknown): string | undefined {
    return error === undefined ? undefined : this.sentence(error);
  }

  /** What a request of the page is answered with that failed. */
  failure(error: unknown): PageFailure {
    if (!isAbortError(error)) {
      this.host.log.error(`${this.page} page: ${String(error)}`);
    }
    return { sentence: this.sentence(error) };
  }

  /** A failure of the page's own code. */
  note(text: string): void {
    this.host.log.error(`${this.page} page: ${text.slice(0, longestFailure)}`);
  }

  /**
   * Work that has a notification of its own, and so goes on when the page that asked for it is hidden or closed: nobody there
   * hears of its failure any more.
   */
  async outlasting<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (signal.aborted) {
        void vscode.window.showErrorMessage(this.sentence(error));
      }
      throw error;
    }
  }
}
