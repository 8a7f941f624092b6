import * as l10n from '@vscode/l10n';
import type { CodeLens } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServiceContext } from '../fileService';
import { projectOf, rangeOf } from '../projectDocument';

/** The command that a lens above an entry point runs, with the URI of the MLproject and the entry point's name. */
const runEntryPoint = 'mlflow.runEntryPoint';

export function lensesOf(
  document: TextDocument,
  { settings }: ServiceContext,
): readonly CodeLens[] {
  if (!settings.lensCommands.includes(runEntryPoint)) return [];
  return projectOf(document).project.entryPoints.flatMap(({ name, entry, command }) =>
    command === undefined
      ? []
      : [
          {
            range: rangeOf(document, entry.key.span),
            command: {
              title: l10n.t('Run Entry Point…'),
              command: runEntryPoint,
              arguments: [document.uri, name],
            },
          },
        ],
  );
}
