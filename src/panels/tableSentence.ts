import * as vscode from 'vscode';

import { TableError } from '../tables/tableError';
import type { PanelsHost } from './panelsHost';

const longestDetail = 300;

/** Why a table cannot be shown, as one sentence. */
export function tableSentence(host: Pick<PanelsHost, 'explain'>, error: unknown): string {
  if (!(error instanceof TableError)) {
    return host.explain(error);
  }
  const detail = error.detail.slice(0, longestDetail);
  switch (error.trouble) {
    case 'malformed':
      return vscode.l10n.t('The file cannot be read as a table ({0}).', detail);
    case 'codec':
      return vscode.l10n.t(
        'The file is compressed with {0}, which cannot be read here. Download it to open it elsewhere.',
        detail,
      );
    case 'noTable':
      return vscode.l10n.t(
        'This JSON is no table: neither columns with data nor a list of rows. Open it as text.',
      );
    case 'tooLarge':
      return vscode.l10n.t(
        'The table is larger than can be held here. Download the file to open it elsewhere.',
      );
    case 'bytes':
      return vscode.l10n.t('A part of the file could not be read. Try again.');
    case 'filter':
      return vscode.l10n.t('The filter cannot be read.');
  }
}
