import type { LoadCode } from '../../protocol/modelSummaryPage';

/** What Python needs to know of a version to load it. */
export interface LoadableVersion {
  readonly name: string;
  readonly version: string;
  readonly stage: string;
  readonly aliases: readonly string[];
  /** `m-…` of MLflow 3. */
  readonly modelId: string | undefined;
}

/**
 * Python that loads a version, one piece for each address that leads to it now: by its number, its stage, its aliases and its
 * logged model. MLflow reads the addresses as URLs without escapes, so a name that holds `/`, `?` or `#` has none.
 *
 * @param loader module of MLflow that loads it, e.g. `pyfunc`
 */
export function versionCode(
  { name, version, stage, aliases, modelId }: LoadableVersion,
  loader: string,
): readonly LoadCode[] {
  const byNumberUri = versionUri({ name, version });
  const uris =
    byNumberUri === undefined
      ? []
      : [
          byNumberUri,
          ...(stage === '' || stage === 'None' ? [] : [`models:/${name}/${stage}`]),
          ...aliases.map((alias) => `models:/${name}@${alias}`),
        ];
  const logged = modelId === undefined || modelId === '' ? [] : [`models:/${modelId}`];
  const byAddress = [...uris, ...logged].map((uri) => ({
    uri,
    code: `import mlflow\n\nmodel = mlflow.${loader}.load_model(${pythonText(uri)})\n`,
  }));
  return uris.length > 0 ? byAddress : [byNumber(name, version, loader), ...byAddress];
}

/** The address of a version; `undefined` where its name allows none. */
export function versionUri({
  name,
  version,
}: Pick<LoadableVersion, 'name' | 'version'>): string | undefined {
  return /[/?#]/.test(name) ? undefined : `models:/${name}/${version}`;
}

function byNumber(name: string, version: string, loader: string): LoadCode {
  const place = `${pythonText(name)}, ${pythonText(version)}`;
  return {
    uri: `${name}, ${version}`,
    code: [
      'import mlflow',
      '',
      `uri = mlflow.MlflowClient().get_model_version_download_uri(${place})`,
      `model = mlflow.${loader}.load_model(uri)`,
      '',
    ].join('\n'),
  };
}

/** A literal of Python: JSON's escapes of text mean the same there. */
function pythonText(text: string): string {
  return JSON.stringify(text);
}
