import type { TextDocument } from 'vscode-languageserver-textdocument';

import { environmentKind } from './service/environment/environmentKind';
import { condaEnvService, pythonEnvService } from './service/environment/environmentService';
import type { FileService, ServiceContext } from './service/fileService';
import { modelService } from './service/model/modelService';
import { projectService } from './service/project/projectService';
import { fileNameOf } from './service/resolveUri';
import { isSweepFile } from './service/sweep/isSweepFile';
import { sweepService } from './service/sweep/sweepService';

/** The service for a document, by its name and, where that tells nothing, by what is in it and round it. */
export async function serviceFor(
  document: TextDocument,
  context: ServiceContext,
): Promise<FileService | undefined> {
  const name = fileNameOf(document.uri).toLowerCase();
  if (document.languageId === 'mlproject' || /^mlproject(\.ya?ml)?$/.test(name)) {
    return projectService;
  }
  if (name === 'mlmodel') {
    return modelService;
  }
  const kind = await environmentKind(document.uri, name, context.files);
  if (kind !== undefined) {
    return kind === 'python_env' ? pythonEnvService : condaEnvService;
  }
  return (await isSweepFile(document, context)) ? sweepService : undefined;
}
