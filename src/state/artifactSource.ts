import { connectionKey, type ArtifactAddress } from '../mlflow/artifactAddress';
import type { ArtifactListing, ArtifactOwner, ArtifactPlace } from '../mlflow/model';
import type { ArtifactRange, ArtifactStream, TrackingStore } from '../mlflow/trackingStore';
import { ConnectionGone, SessionStore } from './sessionStore';
import type { Sessions } from './sessions';

/** Reads artifacts by the addresses that documents of the editor have. */
export class ArtifactSource {
  constructor(private readonly sessions: Sessions) {}

  /** The session that an address means, with its connections opened; rejects with {@link ConnectionGone}. */
  async store({ key }: Pick<ArtifactAddress, 'key'>): Promise<SessionStore> {
    await this.sessions.ensure();
    const session = this.sessions.all.find(({ id }) => connectionKey(id) === key);
    if (session === undefined) {
      throw new ConnectionGone(key);
    }
    return new SessionStore(this.sessions, session.id);
  }

  /** One folder; see `listArtifacts` of the port. */
  async list(
    { key, place }: Pick<ArtifactAddress, 'key' | 'place'>,
    signal: AbortSignal,
  ): Promise<ArtifactListing> {
    const { owner, path } = place;
    const store = await this.store({ key });
    return store.ask(
      (asked) => holderOf(owner, store, asked).listArtifacts(owner, path, signal),
      signal,
    );
  }

  /** Opens a file; see `openArtifact` of the port. */
  async open(
    { key, place }: { readonly key: string; readonly place: ArtifactPlace },
    range: ArtifactRange,
    signal: AbortSignal,
  ): Promise<ArtifactStream> {
    const store = await this.store({ key });
    return store.ask(
      (asked) => holderOf(place.owner, store, asked).openArtifact(place, range, signal),
      signal,
    );
  }
}

/** What has the files: a registry of its own those of registered models. */
function holderOf(
  { kind }: ArtifactOwner,
  { session }: SessionStore,
  store: TrackingStore,
): TrackingStore {
  const status = session?.connection.status;
  return kind === 'version' &&
    status?.kind === 'ready' &&
    status.opened.registry !== status.opened.store
    ? status.opened.registry
    : store;
}
