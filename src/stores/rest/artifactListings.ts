import { MlflowError } from '../../mlflow/errors';
import type { ArtifactListing, ArtifactOwner } from '../../mlflow/model';
import type { TrackingStore } from '../../mlflow/trackingStore';
import { displayUri } from '../../mlflow/trackingUri';
import { type FileOwner, versionPlace } from '../../mlflow/versionPlace';
import type { Api } from './api';
import { decodeArtifactListing } from './decodeArtifacts';

/** Folders of artifacts, as a server lists them. */
export class ArtifactListings {
  constructor(
    private readonly api: Api,
    private readonly store: Pick<TrackingStore, 'getRun' | 'getModelVersion'>,
  ) {}

  /** MLflow 2 answers with a page of HTML where the owner is a logged model. */
  async list(owner: ArtifactOwner, path: string, signal: AbortSignal): Promise<ArtifactListing> {
    if (owner.kind !== 'version') {
      return this.ofOwner(owner, path, signal);
    }
    const place = await versionPlace(owner, this.store, signal);
    if ('uri' in place) {
      return this.atAddress(place.uri, path, signal);
    }
    const listing = await this.ofOwner(place.owner, joined(place.path, path), signal);
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
    return this.api.ask({ method: 'GET', call, query }, decodeArtifactListing, signal);
  }

  /** Only what lies with the server can be listed without a run or a model that it is of. */
  private async atAddress(
    uri: string,
    path: string,
    signal: AbortSignal,
  ): Promise<ArtifactListing> {
    const root = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(.*)$/s.exec(uri)?.[1];
    if (root === undefined) {
      throw new MlflowError('unsupported', 'artifacts', {
        rootUri: displayUri(uri),
        serverMessage: 'the server does not list them',
      });
    }
    const query = new URLSearchParams({ path: joined(root, path) });
    const listing = await this.api.ask(
      { method: 'GET', call: '../mlflow-artifacts/artifacts', query },
      (value) => decodeArtifactListing({ ...Object(value) }),
      signal,
    );
    const files = listing.files.map((file) => ({ ...file, path: joined(path, file.path) }));
    return { rootUri: uri, files };
  }
}

/** The same with paths from a folder on. */
function below({ rootUri, files }: ArtifactListing, folder: string): ArtifactListing {
  const start = folder === '' ? '' : `${folder}/`;
  return {
    rootUri: joined(rootUri, folder),
    files: files
      .filter(({ path }) => path.startsWith(start))
      .map((file) => ({ ...file, path: file.path.slice(start.length) })),
  };
}

function joined(folder: string, path: string): string {
  return folder === '' || path === '' ? folder + path : `${folder.replace(/\/+$/, '')}/${path}`;
}
