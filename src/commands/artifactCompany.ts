import { connectionKey } from '../mlflow/artifactAddress';
import { nameOfRunContains, quoteValue } from '../mlflow/filterText';
import type { ArtifactOwner } from '../mlflow/model';
import { newestFirst, toOrderBy } from '../mlflow/runOrder';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import { ArtifactSource } from '../state/artifactSource';
import type { Sessions } from '../state/sessions';

/** Something that may have a file of the same path. */
export interface Candidate {
  readonly owner: ArtifactOwner;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly time: number | undefined;
}

const mostCandidates = 200;

/** Finds files to compare one with: of the same path, in runs of its experiment or in versions of its model. */
export class ArtifactCompany {
  private readonly source: ArtifactSource;
  private readonly key: string;
  private experimentId: string | undefined;

  constructor(
    sessions: Sessions,
    private readonly file: WantedArtifact,
  ) {
    this.source = new ArtifactSource(sessions);
    this.key = connectionKey(file.connection);
  }

  /** Those of which `typed` is in the name, newest first. */
  async candidates(typed: string, signal: AbortSignal): Promise<readonly Candidate[]> {
    const { owner } = this.file.place;
    const found = await this.ask((store) => this.others(store, owner, typed, signal), signal);
    const own = JSON.stringify(owner);
    return found.filter((each) => JSON.stringify(each.owner) !== own);
  }

  /** The file there; `undefined` where there is none. */
  async look({ owner, name }: Candidate, signal: AbortSignal): Promise<WantedArtifact | undefined> {
    const { path } = this.file.place;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const address = { key: this.key, place: { owner, path: folder } };
    const { files } = await this.source.list(address, signal);
    const found = files.find((each) => each.path === path && !each.isDirectory);
    return (
      found && {
        connection: this.file.connection,
        place: { owner, path },
        ownerName: name,
        isDirectory: false,
        size: found.size,
      }
    );
  }

  private ask<T>(work: (store: TrackingStore) => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.source.ask({ key: this.key, place: this.file.place }, work, signal);
  }

  private async others(
    store: TrackingStore,
    owner: ArtifactOwner,
    typed: string,
    signal: AbortSignal,
  ): Promise<readonly Candidate[]> {
    switch (owner.kind) {
      case 'run':
        this.experimentId ??= (await store.getRun(owner.runId, signal)).experimentId;
        return runs(store, this.experimentId, typed, signal);
      case 'loggedModel':
        this.experimentId ??= (await store.getLoggedModel(owner.modelId, signal)).experimentId;
        return models(store, this.experimentId, typed, signal);
      case 'version':
        return versions(store, owner.name, typed, signal);
    }
  }
}

async function runs(
  store: TrackingStore,
  experimentId: string,
  typed: string,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const { items } = await store.searchRuns(
    {
      experimentIds: [experimentId],
      view: 'active',
      filter: nameOfRunContains(typed),
      orderBy: toOrderBy(newestFirst),
      maxResults: mostCandidates,
    },
    signal,
  );
  return items.map(({ id, name, startTime }) => ({
    owner: { kind: 'run', runId: id },
    name,
    time: startTime,
  }));
}

async function models(
  store: TrackingStore,
  experimentId: string,
  typed: string,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const query = { experimentIds: [experimentId], maxResults: mostCandidates };
  const { items } = await store.searchLoggedModels(query, signal);
  return items
    .filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()))
    .map(({ id, name, creationTime }) => ({
      owner: { kind: 'loggedModel', modelId: id },
      name,
      time: creationTime,
    }));
}

async function versions(
  store: TrackingStore,
  name: string,
  typed: string,
  signal: AbortSignal,
): Promise<readonly Candidate[]> {
  const query = { filter: `name = ${quoteValue(name)}`, maxResults: mostCandidates };
  const { items } = await store.searchModelVersions(query, signal);
  return items
    .map(({ version, creationTime }) => ({
      owner: { kind: 'version' as const, name, version },
      name: `${name} v${version}`,
      time: creationTime,
    }))
    .filter((each) => each.name.includes(typed.trim()));
}
