import * as l10n from '@vscode/l10n';
import type { VersionsPage } from '../../src/protocol/versionsPage';
import { announceOutcome } from '../kit/announce';
import type { Link } from '../kit/link';
import type { Dispatch, PageState } from './state';

/** What each part of the page is made from. */
export interface PageParts {
  readonly state: PageState;
  readonly dispatch: Dispatch;
  readonly link: Link<VersionsPage>;
}

/** Copies a text, and says so. */
export function copy({ link }: PageParts, text: string): void {
  void announceOutcome(link.call('copy', text).then(() => l10n.t('Copied')));
}

/** Reads versions again. */
export function readAgain({ dispatch, link }: PageParts, versions: readonly string[]): void {
  dispatch({ type: 'retrying', versions });
  void announceOutcome(link.call('retry', { versions }));
}

/** Takes versions out of the comparison. */
export function remove({ dispatch, link }: PageParts, versions: readonly string[]): void {
  dispatch({ type: 'removed', versions });
  link.notify('removeVersions', versions);
}
