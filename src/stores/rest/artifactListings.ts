import { MlflowError } from '../../mlflow/errors';
import type { ArtifactListing, ArtifactOwner } from '../../mlflow/model';
import { displayUri } from '../../mlflow/trackingUri';
import type { FileOwner } from '../../mlflow/versionPlace';
import type { Api } from './api';
import { type ArtifactRoots, joinPath, servedPath, unreachableRoot } from './artifactRoots';
import { decodeArtifactListing } from './decodeArtifacts';

/** Folders of artifacts, as a server lists them. */
export class ArtifactListings {
  constructor(
    private readonly api: Api,
    private readonly roots: ArtifactRoots,
  ) {}

  async list(owner: ArtifactOwner, path: string, signal: AbortSignal): Promise<ArtifactListing> {
    try {
      return await this.ask(owner, path, signal);
    } catch (error) {
      if (error instanceof MlflowError && error.reason === 'serverError') {
        throw unreachableRoot(await this.roots.of(owner, signal), error);
      }
      throw error;
    }
  }

  private async ask(
    owner: ArtifactOwner,
    path: string,
    signal: AbortSignal,
  ): Promise<ArtifactListing> {
    if (owner.kind !== 'version') {
      return this.ofOwner(owner, path, signal);
    }
    const place = await this.roots.placeOf(owner, signal);
    if ('uri' in place) {
      return this.atAddress(place.uri, path, signal);
    }
    const listing = await this.ofOwner(place.owner, joinPath(place.path, path), signal);
    return below(listing, place.path);
  }

  private ofOwner(owner: FileOwner, path: string, signal: AbortSignal): Promise<ArtifactListing> {
    const query = new URLSearchParams();
    if (owner.kind === 'run') {
      query.set('run_id', owner.runId);
    }
    if (path !== '') {
      query.set(owner.kind === 'run' ? 'path' : 'artifact_directory_path', path);
    }
    const call =
      owner.kind === 'run'
        ? 'artifacts/list'
        : `logged-models/${encodeURIComponent(owner.modelId)}/artifacts/directories`;
    // What a server cannot reach now it will not reach in a second.
    const request = { method: 'GET', call, query, settles: 500 } as const;
    return this.api.ask(request, decodeArtifactListing, signal);
  }

  /** Without a run or a model that they are of, the server lists only what it keeps itself. */
  private async atAddress(
    uri: string,
    path: string,
    signal: AbortSignal,
  ): Promise<ArtifactListing> {
    const root = servedPath(uri);
    if (root === undefined) {
      const serverMessage = 'MLflow lists only what belongs to a run or a logged model';
      const rootUri = displayUri(uri);
      throw new MlflowError('unsupported', 'artifacts', { rootUri, serverMessage });
    }
    const query = new URLSearchParams({ path: joinPath(root, path) });
    const { files } = await this.api.ask(
      { method: 'GET', call: 'artifacts', service: 'mlflow-artifacts', query, settles: 500 },
      decodeArtifactListing,
      signal,
    );
    return {
      rootUri: uri,
      files: files.map((file) => ({ ...file, path: joinPath(path, file.path) })),
    };
  }
}

/** The same with paths from a folder on. */
function below({ rootUri, files }: ArtifactListing, folder: string): ArtifactListing {
  const start = folder === '' ? '' : `${folder}/`;
  return {
    rootUri: joinPath(rootUri, folder),
    files: files
      .filter(({ path }) => path.startsWith(start))
      .map((file) => ({ ...file, path: file.path.slice(start.length) })),
  };
}
