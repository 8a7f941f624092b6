import * as l10n from '@vscode/l10n';

import type { Keys } from '../../schema/keySchema';

/** The keys of python_env.yaml. */
export function pythonEnvKeys(): Keys {
  return [
    {
      key: 'python',
      describe: () =>
        l10n.t(
          'The Python version, in quotes: `"3.11.9"`. Without quotes YAML reads it as a number: `3.10` is `3.1`. Left out: the version that MLflow itself runs on.',
        ),
      snippet: ' "${1:3.11.9}"',
    },
    {
      key: 'build_dependencies',
      describe: () =>
        l10n.t(
          'Packages that are installed before all others, such as `pip`, `setuptools` and `wheel`.',
        ),
      snippet: '\n  - ${1:pip}',
    },
    {
      key: 'dependencies',
      describe: () =>
        l10n.t(
          'Packages as pip takes them: `numpy==2.1.0`, or `-r requirements.txt` for a file of them, seen from the folder of the project.',
        ),
      snippet: '\n  - ${1:-r requirements.txt}',
    },
  ];
}

/** The keys of conda.yaml. */
export function condaEnvKeys(): Keys {
  return [
    {
      key: 'name',
      describe: () => l10n.t('The name of the environment; MLflow gives it another one.'),
      snippet: ' $0',
    },
    {
      key: 'channels',
      describe: () => l10n.t('Where conda looks for packages.'),
      snippet: '\n  - ${1:conda-forge}',
    },
    {
      key: 'dependencies',
      describe: () =>
        l10n.t(
          'Packages as conda takes them, and `pip:` with a list as pip takes them. Under virtualenv and uv MLflow takes only `python`, which must be pinned (`python=3.11.9`), `pip`, `setuptools`, `wheel` and the list of pip.',
        ),
      snippet: '\n  - python=${1:3.11.9}\n  - pip\n  - pip:\n    - ${2:mlflow}',
    },
  ];
}
