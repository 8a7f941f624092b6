import type { CodeAction } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FixRequest, ServiceContext } from '../fileService';

/** What can be done about the diagnostics of an MLproject file. */
export async function fixProject(
  _document: TextDocument,
  _request: FixRequest,
  _context: ServiceContext,
): Promise<readonly CodeAction[]> {
  return Promise.resolve([]);
}
