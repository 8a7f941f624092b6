import * as l10n from '@vscode/l10n';

import type { YamlNode } from '../yaml/yamlTree';
import type { EnvironmentProblem } from './environmentProblem';

/** What was found so far in a list of packages. */
export interface CondaPackages {
  hasPython: boolean;
}

/** MLflow's own pattern for the packages that it takes from conda.yaml (`_CONDA_DEPENDENCY_REGEX`). */
const known = /^(python|pip|setuptools|wheel)(<|>|<=|>=|=|==|!=)?([\d.]+)?\n?$/;

export function checkCondaPackage(
  { span }: YamlNode,
  text: string,
  packages: CondaPackages,
): EnvironmentProblem[] {
  const [, name, operator, version] = known.exec(text) ?? [];
  if (name === undefined) {
    const message = l10n.t(
      '{0} is installed by conda only; under virtualenv and uv MLflow leaves it out.',
      text,
    );
    return [{ code: 'env-conda-only', severity: 'hint', span, message }];
  }
  if (name !== 'python' || packages.hasPython) {
    return [];
  }
  const words =
    operator === undefined
      ? `Invalid dependency for python: ${text}. It must be pinned (e.g. python=3.8.13).`
      : ['<', '>', '!='].includes(operator)
        ? `Invalid version comparator for python: '${operator}'. Must be one of ['<=', '>=', '=', '=='].`
        : undefined;
  packages.hasPython = words === undefined && version !== undefined;
  if (words === undefined) {
    return [];
  }
  const message = l10n.t('Works with conda only; under virtualenv and uv MLflow stops: {0}', words);
  return [{ code: 'env-python-unpinned', severity: 'warning', span, message }];
}
