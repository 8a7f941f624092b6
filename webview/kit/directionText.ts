import * as l10n from '@vscode/l10n';
import type { Direction } from './direction';

/** What a direction means, as a sentence. */
export function directionText(direction: Direction): string {
  switch (direction) {
    case 'lower':
      return l10n.t('Lower is better');
    case 'higher':
      return l10n.t('Higher is better');
    case 'none':
      return l10n.t('Neither end is marked as best');
  }
}
