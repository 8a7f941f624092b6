import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { FileService, ServiceContext } from './service/fileService';
import { projectService } from './service/project/projectService';
import { fileNameOf } from './service/resolveUri';
import { isSweepFile } from './service/sweep/isSweepFile';
import { sweepService } from './service/sweep/sweepService';

/** The service for a document, by its name and, where that tells nothing, by what is in it and round it. */
export async function serviceFor(
  document: TextDocument,
  context: ServiceContext,
): Promise<FileService | undefined> {
  const name = fileNameOf(document.uri);
  if (document.languageId === 'mlproject' || /^mlproject$/i.test(name)) {
    return projectService;
  }
  return (await isSweepFile(document, context)) ? sweepService : undefined;
}
