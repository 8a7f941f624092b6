import type { Problem } from '../problem';

/** What can be wrong with python_env.yaml and conda.yaml; codes stay the same over releases. */
export type EnvironmentCode =
  /** The text is no YAML. */
  | 'env-yaml'
  /** A value that Python makes nothing of, such as one with an unknown tag. */
  | 'env-value'
  /** A text that is too long to be checked. */
  | 'env-too-large'
  /** The root, or a key's value, is of a type that MLflow does not take. */
  | 'env-shape'
  /** A key that python_env.yaml does not have; MLflow passes it on to Python, which refuses it. */
  | 'env-unknown-key'
  /** The same key twice: only the last one counts. */
  | 'env-duplicate-key'
  /** `python` without quotes, which YAML reads as a number. */
  | 'env-python-number'
  /** `python` that is no version, or none at all. */
  | 'env-python-version'
  /** python in conda.yaml without a version, or with a comparison: fine with conda, refused under virtualenv and uv. */
  | 'env-python-unpinned'
  /** A package that only conda installs; under virtualenv and uv it is left out. */
  | 'env-conda-only'
  /** A dependency that is no text. */
  | 'env-dependency'
  /** A requirements or constraints file that is not there. */
  | 'env-missing-file';

export type EnvironmentProblem = Problem<EnvironmentCode>;
