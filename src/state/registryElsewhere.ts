import { MlflowError } from '../mlflow/errors';
import type { ArtifactListing, ArtifactOwner, ArtifactPlace } from '../mlflow/model';
import type {
  ArtifactRange,
  ArtifactStream,
  ArtifactTarget,
  SavedArtifact,
  SaveProgress,
  TrackingStore,
} from '../mlflow/trackingStore';
import { versionPlace } from '../mlflow/versionPlace';

type Files = Pick<TrackingStore, 'listArtifacts' | 'openArtifact' | 'saveArtifact'>;

/**
 * A registry of other models than those of `store`. Files of its versions are those of runs and logged models, which MLflow's own
 * client has from the tracking server: so they are asked for there, and of the registry where they are not.
 */
export function registryElsewhere(registry: TrackingStore, store: TrackingStore): TrackingStore {
  const files = new FilesElsewhere(registry, store);
  const own: Files = {
    listArtifacts: files.listArtifacts.bind(files),
    openArtifact: files.openArtifact.bind(files),
    saveArtifact: files.saveArtifact.bind(files),
  };
  return new Proxy(registry, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in own ? own : target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

class FilesElsewhere implements Files {
  constructor(
    private readonly registry: TrackingStore,
    private readonly store: TrackingStore,
  ) {}

  listArtifacts(owner: ArtifactOwner, path: string, signal: AbortSignal): Promise<ArtifactListing> {
    return this.ask({ owner, path }, signal, async (holder, place) => {
      const { rootUri, files } = await holder.listArtifacts(place.owner, place.path, signal);
      const above =
        path === '' && place.path !== '' ? place.path.length + 1 : place.path.length - path.length;
      return { rootUri, files: files.map((file) => ({ ...file, path: file.path.slice(above) })) };
    });
  }

  openArtifact(
    asked: ArtifactPlace,
    range: ArtifactRange,
    signal: AbortSignal,
  ): Promise<ArtifactStream> {
    return this.ask(asked, signal, (holder, place) => holder.openArtifact(place, range, signal));
  }

  saveArtifact(
    asked: ArtifactPlace,
    target: ArtifactTarget,
    onProgress: (progress: SaveProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedArtifact> {
    return this.ask(asked, signal, (holder, place) =>
      holder.saveArtifact(place, target, onProgress, signal),
    );
  }

  private async ask<T>(
    asked: ArtifactPlace,
    signal: AbortSignal,
    work: (holder: TrackingStore, place: ArtifactPlace) => Promise<T>,
  ): Promise<T> {
    const place = await this.placeInStore(asked, signal);
    if (place === undefined) {
      return work(this.registry, asked);
    }
    try {
      return await work(this.store, place);
    } catch (error) {
      if (!(error instanceof MlflowError) || error.kind !== 'notFound') {
        throw error;
      }
      // What neither has is said by the one that should have it.
      return work(this.registry, asked).catch(() => {
        throw error;
      });
    }
  }

  private async placeInStore(
    { owner, path }: ArtifactPlace,
    signal: AbortSignal,
  ): Promise<ArtifactPlace | undefined> {
    if (owner.kind !== 'version') {
      return undefined;
    }
    const { registry, store } = this;
    const found = await versionPlace(
      owner,
      {
        getModelVersion: registry.getModelVersion.bind(registry),
        getRun: store.getRun.bind(store),
      },
      signal,
    );
    return 'uri' in found
      ? undefined
      : { owner: found.owner, path: found.path === '' ? path : joined(found.path, path) };
  }
}

function joined(folder: string, path: string): string {
  return path === '' ? folder : `${folder}/${path}`;
}
