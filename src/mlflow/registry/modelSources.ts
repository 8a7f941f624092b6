import { loggedFolders } from '../loggedFolders';
import type { ArtifactPlace, LoggedModel, Run } from '../model';

/** A model that can be registered. */
export interface ModelSource {
  /** What people know it by: its name, or its folder among the run's artifacts. */
  readonly label: string;
  /** What a registry on the same server takes. */
  readonly source: string;
  /** Where the files lie, for a registry elsewhere. */
  readonly artifactUri: string | undefined;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
}

/** The models that a run logged: beside it (MLflow 3), and in folders of its artifacts. */
export function sourcesOfRun(run: Run, logged: readonly LoggedModel[]): readonly ModelSource[] {
  return [
    ...logged.map((model) => sourceOfLogged(model, run.id)),
    ...loggedFolders(run)
      .filter(({ path }) => logged.every(({ name }) => name !== path))
      .map(({ path }) => sourceOfFolder(run, path)),
  ];
}

export function sourceOfLogged(model: LoggedModel, runId = model.sourceRunId): ModelSource {
  return {
    label: model.name || model.id,
    source: `models:/${model.id}`,
    artifactUri: model.artifactUri || undefined,
    runId,
    modelId: model.id,
  };
}

/** @param path from the root of the run's artifacts, empty for the root itself */
export function sourceOfFolder(run: Pick<Run, 'id' | 'artifactUri'>, path: string): ModelSource {
  return {
    label: path === '' ? run.id : path,
    source: `runs:/${run.id}/${path}`,
    artifactUri:
      run.artifactUri === '' ? undefined : [run.artifactUri, path].filter(Boolean).join('/'),
    runId: run.id,
    modelId: undefined,
  };
}

/** The folder of a model that a place stands for: its own, or the one that its `MLmodel` lies in. */
export function modelFolder(place: ArtifactPlace): ArtifactPlace {
  const { owner, path } = place;
  return path === 'MLmodel' || path.endsWith('/MLmodel')
    ? { owner, path: path.slice(0, -8) }
    : place;
}

/**
 * The source that a registry takes. One on another server than the run's cannot look up runs and logged models, so it gets the
 * place of the files; where MLflow's server hands these out, with the name of that server.
 *
 * @param trackingUri of the run's server
 */
export function sourceFor(
  model: ModelSource,
  sameServer: boolean,
  trackingUri: string,
): Pick<ModelSource, 'source' | 'modelId' | 'runId'> {
  const { source, artifactUri, runId, modelId } = model;
  if (sameServer || artifactUri === undefined) {
    return { source, modelId, runId };
  }
  const [, host] = /^https?:\/\/([^/?#]+)/i.exec(trackingUri) ?? [];
  const [, path] = /^mlflow-artifacts:\/(?!\/)(.*)$/s.exec(artifactUri) ?? [];
  const place =
    host !== undefined && path !== undefined ? `mlflow-artifacts://${host}/${path}` : artifactUri;
  return { source: place, modelId: undefined, runId };
}
