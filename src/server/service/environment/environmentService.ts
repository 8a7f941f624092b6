import type { TextDocument } from 'vscode-languageserver-textdocument';

import type { Keys } from '../../schema/keySchema';
import type { FileService, ServiceContext } from '../fileService';
import { fixesWithin, toDiagnostic } from '../problem';
import type { ProjectFiles } from '../projectFiles';
import { completeRootKeys, hoverRootKey } from '../rootKeys';
import { diagnoseCondaEnv } from './diagnoseCondaEnv';
import { diagnosePythonEnv } from './diagnosePythonEnv';
import { condaEnvKeys, pythonEnvKeys } from './environmentKeys';
import type { EnvironmentProblem } from './environmentProblem';
import { linkRequirements } from './linkRequirements';

/** What is offered in python_env.yaml, and in files that an MLproject names as such. */
export const pythonEnvService = environmentService(diagnosePythonEnv, pythonEnvKeys);

/** What is offered in conda.yaml, and in files that an MLproject names as such. */
export const condaEnvService = environmentService(diagnoseCondaEnv, condaEnvKeys);

/** Problems beyond these help nobody. */
const most = 500;

function environmentService(
  findAll: (document: TextDocument, files: ProjectFiles) => Promise<readonly EnvironmentProblem[]>,
  keys: () => Keys,
): FileService {
  const find = async (
    document: TextDocument,
    { files, settings }: ServiceContext,
  ): Promise<readonly EnvironmentProblem[]> => {
    const problems = await findAll(document, files);
    const isOthers = settings.yamlIsChecked && document.languageId === 'yaml';
    return problems.filter(({ code }) => !(isOthers && code === 'env-yaml')).slice(0, most);
  };
  return {
    diagnose: async (document, context) =>
      (await find(document, context)).map((problem) => toDiagnostic(document, problem)),
    fix: async (document, { range }, context) =>
      fixesWithin(document, await find(document, context), range, context.files),
    hover: (document, position) => Promise.resolve(hoverRootKey(document, position, keys())),
    complete: (document, position) => Promise.resolve(completeRootKeys(document, position, keys())),
    links: (document, { files }) => linkRequirements(document, files),
  };
}
