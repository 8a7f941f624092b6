import * as l10n from '@vscode/l10n';
import type { TableColumnKind } from '../../../src/protocol/tablePage';

/** What a column holds, in a word. */
export function kindText(kind: TableColumnKind): string {
  switch (kind) {
    case 'number':
      return l10n.t('number');
    case 'boolean':
      return l10n.t('boolean');
    case 'date':
      return l10n.t('date');
    case 'text':
      return l10n.t('text');
  }
}

/** A column's name, or its place where it has none. */
export function columnTitle(name: string, column: number): string {
  return name === '' ? l10n.t('Column {0}', column + 1) : name;
}
