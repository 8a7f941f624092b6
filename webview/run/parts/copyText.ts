import * as l10n from '@vscode/l10n';
import { announceOutcome } from '../../kit/announce';
import type { PageParts } from './pageParts';

/** Copies a text, and says so. */
export function copyText({ link }: Pick<PageParts, 'link'>, text: string): void {
  void announceOutcome(link.call('copy', text).then(() => l10n.t('Copied')));
}
