import * as l10n from '@vscode/l10n';

/** What a key of MLmodel means, in Markdown; by its name alone at the root, else with the keys round it and `*` for any. */
export type ModelTexts = ReadonlyMap<string, () => string>;

/** The keys that MLflow writes (`mlflow.models.Model.to_dict`) and those that its flavors share. */
export const modelTexts: ModelTexts = new Map<string, () => string>([
  [
    'artifact_path',
    () => l10n.t('Where the model was logged: a path in the artifacts of its run, or an address.'),
  ],
  ['auth_policy', () => l10n.t('Which systems the model reaches, and as whom, when it is served.')],
  ['databricks_runtime', () => l10n.t('The Databricks runtime that the model was logged in.')],
  [
    'env_vars',
    () =>
      l10n.t(
        'Names of environment variables that the model read when it was logged. It may need them where it is served.',
      ),
  ],
  [
    'flavors',
    () =>
      l10n.t(
        'The ways in which the model can be loaded. A tool picks the flavor that it knows; `python_function` suits all of Python.',
      ),
  ],
  [
    'is_signature_from_type_hint',
    () => l10n.t('Whether the signature was read from the type hints of the `predict` function.'),
  ],
  ['metadata', () => l10n.t('What was given as `metadata` when the model was logged.')],
  ['mlflow_version', () => l10n.t('The release of MLflow that the model was logged with.')],
  [
    'model_id',
    () =>
      l10n.t('The id of the logged model (MLflow 3). It can be loaded as `models:/<model_id>`.'),
  ],
  ['model_size_bytes', () => l10n.t('The size of all files of the model.')],
  ['model_uuid', () => l10n.t('An id that is given to the model each time it is saved.')],
  ['prompts', () => l10n.t('Addresses of registered prompts that the model uses.')],
  [
    'resources',
    () => l10n.t('What the model needs where it is served, such as endpoints and indexes.'),
  ],
  ['run_id', () => l10n.t('The run that logged the model.')],
  [
    'saved_input_example_info',
    () => l10n.t('The example of an input that was saved with the model, and how to read it.'),
  ],
  [
    'saved_input_example_info/artifact_path',
    () => l10n.t('The file that holds the example, beside this one.'),
  ],
  [
    'saved_input_example_info/type',
    () => l10n.t('What the example is read as, such as `dataframe` or `ndarray`.'),
  ],
  [
    'signature',
    () =>
      l10n.t(
        'What the model takes and gives: JSON in YAML. Inputs are checked against it before each prediction.',
      ),
  ],
  ['signature/inputs', () => l10n.t('What the model takes.')],
  ['signature/outputs', () => l10n.t('What the model gives.')],
  ['signature/params', () => l10n.t('Parameters of a prediction, with their defaults.')],
  ['type_hint_from_example', () => l10n.t('Whether the type hint was made of the input example.')],
  ['utc_time_created', () => l10n.t('When the model was logged, in UTC.')],
  [
    'flavors/python_function',
    () =>
      l10n.t(
        'The flavor that all of Python’s tools take: `mlflow.pyfunc.load_model` gives an object with `predict`. Serving uses this one.',
      ),
  ],
  [
    'flavors/*',
    () =>
      l10n.t('The model as its own library has it, for `mlflow.{flavor}.load_model`.', {
        flavor: '<flavor>',
      }),
  ],
  [
    'flavors/*/code',
    () => l10n.t('The folder of Python code that is put on the path before the model is loaded.'),
  ],
  ['flavors/*/config', () => l10n.t('The configuration that the model is loaded with.')],
  ['flavors/*/data', () => l10n.t('The file or folder that the loader gets.')],
  ['flavors/*/env', () => l10n.t('The files that describe the environment the model needs.')],
  ['flavors/*/env/conda', () => l10n.t('The environment for conda.')],
  ['flavors/*/env/virtualenv', () => l10n.t('The environment for virtualenv and uv.')],
  [
    'flavors/*/loader_module',
    () => l10n.t('The Python module that loads the model, with a function `_load_pyfunc`.'),
  ],
  ['flavors/*/model_path', () => l10n.t('The file or folder of the model itself.')],
  [
    'flavors/*/pickled_model',
    () =>
      l10n.t(
        'The file of the model itself. Loading a pickle runs the code in it: load only what you trust.',
      ),
  ],
  [
    'flavors/*/python_model',
    () =>
      l10n.t(
        'The pickled Python object. Loading it runs the code in it: load only what you trust.',
      ),
  ],
  ['flavors/*/predict_fn', () => l10n.t('The method of the model that `predict` calls.')],
  ['flavors/*/python_version', () => l10n.t('The Python version that the model was logged with.')],
  ['flavors/*/serialization_format', () => l10n.t('How the file of the model was written.')],
  ['flavors/*/streamable', () => l10n.t('Whether the model can give its answer piece by piece.')],
]);
