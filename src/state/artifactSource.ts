import { connectionKey, type ArtifactAddress } from '../mlflow/artifactAddress';
import type { ArtifactListing, ArtifactOwner, ArtifactPlace } from '../mlflow/model';
import type {
  ArtifactRange,
  ArtifactStream,
  ArtifactTarget,
  SavedArtifact,
  SaveProgress,
  TrackingStore,
} from '../mlflow/trackingStore';
import { ConnectionGone } from '../mlflow/connectionGone';
import { SessionStore } from './sessionStore';
import type { Sessions } from './sessions';

/** Reads artifacts by the addresses that documents of the editor have. */
export class ArtifactSource {
  constructor(private readonly sessions: Sessions) {}

  /** The session that an address means, with its connections opened; rejects with {@link ConnectionGone}. */
  async store({ key }: Pick<ArtifactAddress, 'key'>): Promise<SessionStore> {
    await this.sessions.ensure();
    const session = this.sessions.all.find(({ id }) => connectionKey(id) === key);
    if (session === undefined) {
      throw new ConnectionGone(undefined);
    }
    return new SessionStore(this.sessions, session.id);
  }

  /** Asks who has the files of an artifact's owner. */
  async ask<T>(
    { key, place }: Pick<ArtifactAddress, 'key' | 'place'>,
    work: (holder: TrackingStore) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const store = await this.store({ key });
    return store.ask((asked) => work(holderOf(place.owner, store, asked)), signal);
  }

  /** One folder; see `listArtifacts` of the port. */
  list(
    address: Pick<ArtifactAddress, 'key' | 'place'>,
    signal: AbortSignal,
  ): Promise<ArtifactListing> {
    const { owner, path } = address.place;
    return this.ask(address, (holder) => holder.listArtifacts(owner, path, signal), signal);
  }

  /** Opens a file; see `openArtifact` of the port. */
  open(
    address: { readonly key: string; readonly place: ArtifactPlace },
    range: ArtifactRange,
    signal: AbortSignal,
  ): Promise<ArtifactStream> {
    return this.ask(address, (holder) => holder.openArtifact(address.place, range, signal), signal);
  }

  /** Writes a file to this machine's disk; see `saveArtifact` of the port. */
  save(
    address: { readonly key: string; readonly place: ArtifactPlace },
    target: ArtifactTarget,
    onProgress: (progress: SaveProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedArtifact> {
    return this.ask(
      address,
      (holder) => holder.saveArtifact(address.place, target, onProgress, signal),
      signal,
    );
  }
}

/** What has the files: a registry of its own those of registered models. */
export function holderOf(
  { kind }: ArtifactOwner,
  { session }: SessionStore,
  store: TrackingStore,
): TrackingStore {
  return kind === 'version' ? (session?.registry ?? store) : store;
}
