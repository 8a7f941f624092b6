import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ServiceContext } from '../fileService';
import { projectOf } from '../projectDocument';

/** What is wrong with an MLproject file. An error is what MLflow refuses, or crashes on, before the command starts. */
export async function diagnoseProject(
  document: TextDocument,
  _context: ServiceContext,
): Promise<readonly Diagnostic[]> {
  projectOf(document);
  return Promise.resolve([]);
}
