import type { TextDocument } from 'vscode-languageserver-textdocument';

import { fileNameOf } from './service/resolveUri';
import type { FileService, ServiceContext } from './service/fileService';

/** The service for a document, by its name and, where that tells nothing, by what is in it and round it. */
export async function serviceFor(
  document: TextDocument,
  _context: ServiceContext,
): Promise<FileService | undefined> {
  const name = fileNameOf(document.uri);
  void name;
  return Promise.resolve(undefined);
}
