/**
 * The codes of what is wrong with an MLproject file, and what each means. People search for them and filter by them: they
 * stay as they are. With `error`, MLflow refuses the project, or crashes on it, before a command starts.
 */
export const projectCodes = {
  /** error: PyYAML does not read the file. */
  'yaml-syntax': 'error',
  /** error: PyYAML makes no value of a node: an unknown tag, a date that does not exist, a mapping as a key. */
  'yaml-value': 'error',
  /** The file is too large to be looked at. */
  'file-too-large': 'information',
  /** The file is called `MLproject.yaml`, which MLflow never reads. */
  'file-name': 'warning',
  /** error: the root, or a section that MLflow takes for a mapping, is something else. */
  'not-a-mapping': 'error',
  /** MLflow ignores the key. */
  'unknown-key': 'warning',
  /** A later entry has the same key: the last one wins. */
  'duplicate-key': 'warning',
  /** YAML 1.1 reads the value otherwise than it looks. */
  'read-otherwise': 'warning',

  /** error: more than one of `python_env`, `conda_env` and `docker_env`. */
  'multiple-environments': 'error',
  /** error: the value of `python_env` or `conda_env` is no text. */
  'environment-not-text': 'error',
  /** error: the environment file is not there. */
  'environment-missing': 'error',
  /** The environment file is a folder: fine with `--env-manager local` alone. */
  'environment-folder': 'warning',
  /** error: `docker_env` without `image`. */
  'docker-image': 'error',
  /** The image is no text. */
  'docker-image-type': 'warning',
  /** error: `docker_env.volumes` is no list of texts. */
  'docker-volumes': 'error',
  /** error: `docker_env.environment` is no list of names and pairs. */
  'docker-environment': 'error',
  /** A pair of more than two: MLflow ignores the rest. */
  'docker-environment-pair': 'warning',
  /** error: `docker_env` in a project without a `name`, or with one that is no text. */
  'docker-name': 'error',
  /** error: `databricks_spark_job` with both or neither of `python_file` and `entry_points`. */
  'spark-job-entry': 'error',
  /** error: `databricks_spark_job` beside an environment. */
  'spark-job-environment': 'error',
  /** error: a parameter of type `path` in a Databricks Spark job. */
  'spark-job-path': 'error',
  /** error: a Databricks Spark job runs only `python`. */
  'spark-job-command': 'error',
  /** The value is none of the type that Databricks takes. */
  'spark-job-type': 'warning',

  /** error: the entry point's name is no text to Python, so that nobody can ask for it. */
  'entry-point-name': 'error',
  /** error: an entry point without a command. */
  'command-missing': 'error',
  /** error: the command is no text. */
  'command-not-text': 'error',
  /** The command is empty. */
  'command-empty': 'warning',
  /** A script that the command runs is not there. */
  'script-missing': 'warning',

  /** error: a value where a parameter's type is meant, or nothing. */
  'parameter-shape': 'error',
  /** error: a required parameter whose name is no text to Python: it cannot be given. */
  'parameter-name-type': 'error',
  /** error: MLflow cannot log a parameter of this name. */
  'parameter-name': 'error',
  /** The parameter never reaches the command. */
  'unused-parameter': 'information',
  /** MLflow knows no such type, and takes it for a text. */
  'unknown-type': 'warning',
  /** The type is no text. */
  'type-not-text': 'warning',
  /** `default:` with nothing after it: the parameter is required. */
  'default-empty': 'information',
  /** The default is none of the type; MLflow does not check it. */
  'default-type': 'warning',
  /** error: the default of a `uri` has no scheme. */
  'default-uri': 'error',
  /** error: the default of a `path` is no text, or not there. */
  'default-path': 'error',

  /** error: a placeholder for a parameter that does not exist. */
  'undefined-placeholder': 'error',
  /** error: `{}` or `{0}`: MLflow gives no positional arguments. */
  'positional-placeholder': 'error',
  /** error: a brace that neither begins nor ends a placeholder. */
  'single-brace': 'error',
  /** error: a placeholder that Python cannot read or evaluate. */
  'placeholder-format': 'error',
  /** `{name.attribute}` or `{name[0]}`: it works, and is hardly meant. */
  'placeholder-access': 'warning',
} as const;

export type ProjectCode = keyof typeof projectCodes;
