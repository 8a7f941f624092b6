import type { TextDocument } from 'vscode-languageserver-textdocument';
import { globPattern } from '../globPattern';
import type { ServiceContext } from '../fileService';
import { yamlOf } from '../projectDocument';
import { fileNameOf } from '../resolveUri';
import { resolveAlias, type YamlMap } from '../yaml/yamlTree';
import { projectBeside } from './projectBeside';
import { isFormLike, isGridLike, isWholeForm, isWholeGrid } from './sweepShape';

const configNames = /^(config|sweep)\.ya?ml$/i;

/**
 * Whether a document is a sweep file: the setting `mlflow.sweep.files` names it, it has the sweep form, or it is called
 * `config.yaml` or `sweep.yaml` and is either a plain grid or, in a project's folder, meant as one. Any other
 * `config.yaml` is somebody else's.
 */
export async function isSweepFile(
  document: TextDocument,
  { files, settings }: ServiceContext,
): Promise<boolean> {
  const name = fileNameOf(document.uri);
  if (!/\.ya?ml$/i.test(name)) return false;
  if (isNamed(document.uri, settings.sweepFiles)) return true;
  const root = rootOf(document);
  if (root !== undefined && isWholeForm(root)) return true;
  if (!configNames.test(name)) return false;
  if (root !== undefined && isWholeGrid(root)) return true;
  const project = await projectBeside(files);
  if (project === undefined) return false;
  if (/^sweep/i.test(name)) return true;
  if (root === undefined) return yamlOf(document).root === undefined;
  const parameters = project.document.project.entryPoints.flatMap((one) => one.parameters);
  return isFormLike(root) || isGridLike(root, new Set(parameters.map((one) => one.name)));
}

function isNamed(uri: string, glob: string): boolean {
  if (glob === '') return false;
  try {
    return globPattern(glob)(decodeURIComponent(uri));
  } catch {
    return globPattern(glob)(uri);
  }
}

function rootOf(document: TextDocument): YamlMap | undefined {
  const { root } = yamlOf(document);
  const resolved = root && resolveAlias(root);
  return resolved?.kind === 'map' ? resolved : undefined;
}
