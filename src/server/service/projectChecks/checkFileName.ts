import * as l10n from '@vscode/l10n';
import { fileNameOf } from '../resolveUri';
import type { YamlDocument } from '../yaml/yamlDocument';
import { problemAt, type ProjectProblem } from './projectProblem';

/** MLflow looks for a file whose name is `MLproject`, in small or large letters, and nothing else. */
export function checkFileName(uri: string, { text }: YamlDocument): ProjectProblem[] {
  const name = fileNameOf(uri);
  if (!/^mlproject\.ya?ml$/i.test(name)) return [];
  const end = text.search(/[\r\n]/);
  const span = { start: 0, end: end === -1 ? text.length : end };
  const sentence = l10n.t('MLflow never reads `{0}`: the file has to be called `MLproject`.', name);
  const title = l10n.t('Rename the file to `MLproject`');
  const fileFixes = [{ kind: 'rename', title, newName: 'MLproject' } as const];
  return [problemAt('file-name', span, sentence, undefined, { fileFixes })];
}
