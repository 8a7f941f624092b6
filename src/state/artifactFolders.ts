import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { placeKey } from '../mlflow/artifactAddress';
import { MlflowError } from '../mlflow/errors';
import type { Artifact, ArtifactOwner, ArtifactPlace, LoggedModel, Run } from '../mlflow/model';
import { isLive } from '../mlflow/runFacts';
import type { ServerInfo, TrackingStore } from '../mlflow/trackingStore';
import { loggedModelsOf } from './loggedModels';
import { PagedList, sameFacts } from './pagedList';
import { RequestQueue } from './requestQueue';
import { sortInTurns } from './sortInTurns';
import type { RunPlace } from './watchedRuns';

export interface ArtifactFoldersOptions {
  readonly store: TrackingStore;
  /** Has the files of versions of registered models. */
  readonly registry: TrackingStore;
  readonly info: () => ServerInfo;
  /** What somebody sees the inside of, and what is thus worth being read again. */
  readonly shown: () => readonly ShownFolder[];
  /** A run as it is known by now. */
  readonly run: (place: RunPlace) => Run | undefined;
}

export type ArtifactsChange =
  | { readonly kind: 'folder'; readonly place: ArtifactPlace }
  | { readonly kind: 'loggedModels'; readonly runId: string };

/** A folder that somebody sees the inside of. */
export interface ShownFolder {
  readonly place: ArtifactPlace;
  /** The run below which it is shown; its folders may change for as long as it goes on. */
  readonly run: RunPlace | undefined;
}

type AnyList = Pick<PagedList<never>, 'error' | 'follow' | 'reload' | 'retry' | 'dispose'>;

interface Folder {
  readonly place: ArtifactPlace;
  readonly list: PagedList<Artifact>;
}

interface RunModels {
  readonly run: Run;
  readonly list: PagedList<LoggedModel>;
}

/** Entries that are shown at first; reading on shows more at a time. */
const firstPage = 500;
const nextPages = 2000;

/** The folders of artifacts of one connection that were looked at, each with folders first, then by name. */
export class ArtifactFolders implements Disposable {
  private readonly folders = new Map<string, Folder>();
  private readonly models = new Map<string, RunModels>();
  private readonly changes = new EventSource<ArtifactsChange>();
  private readonly queue = new RequestQueue({ all: 4, long: 4 });

  readonly onDidChange = this.changes.event;

  constructor(private readonly options: ArtifactFoldersOptions) {}

  /** One folder; MLflow lists it whole, and its pages are those that are shown. */
  folder(place: ArtifactPlace): PagedList<Artifact> {
    const key = placeKey(place);
    const { list } = this.folders.get(key) ?? { list: this.newFolder(place) };
    this.folders.set(key, { place, list });
    return list;
  }

  /** What is known of a folder that was looked at. */
  known(place: ArtifactPlace): PagedList<Artifact> | undefined {
    return this.folders.get(placeKey(place))?.list;
  }

  /** The models that a run logged, by what is known of it now. */
  loggedModels(run: Run): PagedList<LoggedModel> {
    const { list } = this.models.get(run.id) ?? { list: this.newModelList(run.id) };
    this.models.set(run.id, { run, list });
    return list;
  }

  /** Whether something is shown that changes by itself. */
  get showsLive(): boolean {
    return this.live.length > 0;
  }

  /** Reads again what is shown now of runs in progress, also where these end before it is called; tells what is different. */
  followLive(): () => Promise<void> {
    const { live } = this;
    const runIds = new Set(live.map(({ run }) => run?.runId ?? ''));
    return async () => {
      await Promise.all([
        ...live.map(({ place }) => followed(this.folders.get(placeKey(place))?.list)),
        ...[...runIds].map((id) => followed(this.models.get(id)?.list)),
      ]);
    };
  }

  /** Reads what is shown anew, and forgets the rest. */
  async reload(isMeant: (owner: ArtifactOwner) => boolean = () => true): Promise<void> {
    const inSight = this.options.shown();
    const shown = new Set(inSight.map(({ place }) => placeKey(place)));
    const runIds = new Set(inSight.map(({ run }) => run?.runId));
    const renewed: Promise<void>[] = [];
    for (const [key, { place, list }] of this.folders) {
      if (isMeant(place.owner)) {
        renewed.push(renew(list, shown.has(key), () => this.folders.delete(key)));
      }
    }
    for (const [runId, { list }] of this.models) {
      if (isMeant({ kind: 'run', runId })) {
        renewed.push(renew(list, runIds.has(runId), () => this.models.delete(runId)));
      }
    }
    await Promise.all(renewed);
  }

  /** Tries again the folders that failed. */
  async retryFailed(): Promise<void> {
    await Promise.all(
      this.lists.filter(({ error }) => error !== undefined).map((list) => list.retry()),
    );
  }

  dispose(): void {
    this.lists.forEach((list) => list.dispose());
    this.changes.dispose();
  }

  private get live(): readonly ShownFolder[] {
    return this.options.shown().filter(({ run: place }) => {
      const run = place && this.options.run(place);
      return run !== undefined && isLive(run);
    });
  }

  private get lists(): readonly AnyList[] {
    return [...this.folders.values(), ...this.models.values()].map(({ list }) => list as AnyList);
  }

  private newFolder(place: ArtifactPlace): PagedList<Artifact> {
    let whole: readonly Artifact[] = [];
    return new PagedList<Artifact>({
      keyOf: ({ path }) => path,
      same: (one, other) => one.isDirectory === other.isDirectory && one.size === other.size,
      onChange: () => this.changes.fire({ kind: 'folder', place }),
      fetchPage: async (pageToken, signal) => {
        if (pageToken === undefined) {
          const { store, registry } = this.options;
          const { owner, path } = place;
          const holder = owner.kind === 'version' ? registry : store;
          const { files } = await holder.listArtifacts(owner, path, signal);
          whole = await inOrder(place, files, signal);
        }
        const from = Number(pageToken ?? 0);
        const to = from + (from === 0 ? firstPage : nextPages);
        return {
          items: whole.slice(from, to),
          nextPageToken: to < whole.length ? String(to) : undefined,
        };
      },
    });
  }

  private newModelList(runId: string): PagedList<LoggedModel> {
    return new PagedList<LoggedModel>({
      keyOf: ({ id }) => id,
      same: sameFacts,
      onChange: () => this.changes.fire({ kind: 'loggedModels', runId }),
      fetchPage: async (_, signal) => {
        const { run } = this.models.get(runId) ?? {};
        const { store, info } = this.options;
        return {
          items:
            run === undefined ? [] : await loggedModelsOf(store, info(), run, this.queue, signal),
          nextPageToken: undefined,
        };
      },
    });
  }
}

async function followed(list: AnyList | undefined): Promise<void> {
  if (list !== undefined && !isFinal(list.error)) {
    await list.follow();
  }
}

async function renew(list: AnyList, isShown: boolean, forget: () => void): Promise<void> {
  if (isShown) {
    await list.reload();
  } else {
    forget();
    list.dispose();
  }
}

/** Asking again would be answered alike, until somebody asks for it. */
function isFinal(error: unknown): boolean {
  return error instanceof MlflowError && error.kind !== 'unreachable';
}

/** What is really in the folder, folders first, then by name as people count. */
function inOrder(
  { path }: ArtifactPlace,
  files: readonly Artifact[],
  signal: AbortSignal,
): Promise<readonly Artifact[]> {
  const start = path === '' ? '' : `${path}/`;
  const inside = files.filter(
    (file) => file.path.length > start.length && file.path.startsWith(start),
  );
  const { compare } = new Intl.Collator('en', { numeric: true });
  return sortInTurns(
    inside,
    (one, other) =>
      one.isDirectory === other.isDirectory
        ? compare(one.path, other.path)
        : Number(other.isDirectory) - Number(one.isDirectory),
    signal,
  );
}
