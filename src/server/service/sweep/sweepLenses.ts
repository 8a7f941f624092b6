import * as l10n from '@vscode/l10n';
import type { CodeLens } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServiceContext } from '../fileService';
import { rangeOf, yamlOf } from '../projectDocument';
import { describeCount } from './describeCount';
import { readSweep } from './readSweep';

/** The command that starts the sweep, with the URI of its file. */
const launchSweep = 'mlflow.launchSweep';

/** The number of runs, and a way to launch them where the client has one. */
export function sweepLenses(
  document: TextDocument,
  { settings }: ServiceContext,
): readonly CodeLens[] {
  const { sweep } = readSweep(yamlOf(document));
  if (sweep === undefined || sweep.parameters.length === 0) return [];
  const range = rangeOf(document, sweep.head);
  const lenses: CodeLens[] = [];
  if (settings.lensCommands.includes(launchSweep)) {
    const title = l10n.t('Launch Sweep…');
    lenses.push({ range, command: { title, command: launchSweep, arguments: [document.uri] } });
  }
  // Without a command, editors show it as text.
  lenses.push({ range, command: { title: describeCount(sweep).replace(/\.$/, ''), command: '' } });
  return lenses;
}
