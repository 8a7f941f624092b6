import { connectionKey, type ArtifactAddress } from '../mlflow/artifactAddress';
import type { ArtifactListing, ArtifactPlace } from '../mlflow/model';
import type { ArtifactRange, ArtifactStream } from '../mlflow/trackingStore';
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
    const store = await this.store({ key });
    return store.ask((asked) => asked.listArtifacts(place.owner, place.path, signal), signal);
  }

  /** Opens a file; see `openArtifact` of the port. */
  async open(
    { key, place }: { readonly key: string; readonly place: ArtifactPlace },
    range: ArtifactRange,
    signal: AbortSignal,
  ): Promise<ArtifactStream> {
    const store = await this.store({ key });
    return store.ask((asked) => asked.openArtifact(place, range, signal), signal);
  }
}
