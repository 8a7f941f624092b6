import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { MlflowError } from '../mlflow/errors';
import type { LoggedModel, ModelVersion, RegisteredModel } from '../mlflow/model';
import type { TrackingStore } from '../mlflow/trackingStore';
import { ExperimentNames } from './experimentNames';
import { ListedVersion } from './listedVersion';
import { sameFacts } from './pagedList';
import { readArtifact } from './readArtifact';
import { RefreshLoop } from './refreshLoop';
import type { RequestQueue } from './requestQueue';
import type { Reading } from './runSurroundings';
import type { Sessions } from './sessions';
import { SessionStore } from './sessionStore';
import { versionKey, type SourceRun, type VersionEntry, type VersionPlace } from './versionEntry';

export interface VersionReaderOptions {
  readonly sessions: Sessions;
  readonly place: VersionPlace;
  /** Whose turn it is, among all who read for the same page. */
  readonly queue: RequestQueue;
  /** Whether what it is a version of is read and followed, too. */
  readonly readsModel?: boolean;
  /** Seconds between looks at a version that is being registered; 0 is never. */
  readonly refreshInterval: () => number;
}

/** A signature of thousands of columns is a megabyte. */
const mostModelFile = 4 * 1024 * 1024;

/**
 * Reads a version of a registered model, and what stands around it: its source run, the logged model that it is, and its
 * `MLmodel`. Asks nobody before {@link begin}.
 */
export class VersionReader implements Disposable {
  private readonly store: SessionStore;
  private readonly changes = new EventSource<void>();
  private readonly controller = new AbortController();
  private readonly names = new ExperimentNames();
  private readonly lists: ListedVersion;
  private readonly loop: RefreshLoop;
  private readonly followed: Disposable;
  private current: VersionEntry;
  private reading: Promise<void> | undefined;
  private isStale = false;
  private isVisible = false;
  private tells: { readonly of: object; readonly end: Disposable } | undefined;

  /** Something is known otherwise than before. */
  readonly onDidChange = this.changes.event;

  constructor(private readonly options: VersionReaderOptions) {
    const { sessions, place } = options;
    this.store = new SessionStore(sessions, place.connection);
    const loading = { kind: 'loading' } as const;
    this.current = {
      ...{ key: versionKey(place), place, version: this.listedVersion(), standing: loading },
      ...{ readAt: undefined, model: loading, run: loading, logged: loading, file: loading },
    };
    const followsModel = options.readsModel === true;
    this.lists = new ListedVersion({ ...place, followsModel }, () => this.readAgain());
    this.loop = new RefreshLoop({
      interval: options.refreshInterval,
      isNeeded: () =>
        this.isVisible &&
        this.store.refusal === undefined &&
        this.current.standing.kind === 'ready' &&
        this.current.version?.status === 'PENDING_REGISTRATION',
      refresh: () => this.read(),
    });
    this.followed = sessions.onDidChange(() => this.poke());
    this.poke();
  }

  get entry(): VersionEntry {
    return this.current;
  }

  /** Reads what was not read yet, or was read longer ago than the interval. */
  async begin(): Promise<void> {
    const { readAt, standing } = this.current;
    const interval = this.options.refreshInterval() * 1000;
    const isDue = interval > 0 && Date.now() - (readAt ?? 0) >= interval;
    if (standing.kind === 'loading' || isDue) {
      await this.read();
    }
  }

  /** Tries again what failed; a connection that could not be opened is opened anew. */
  async retry(): Promise<void> {
    const { session } = this.store;
    if (session?.connection.status.kind === 'failed' || session?.isLost === true) {
      session.reconnect();
    }
    // What is being read was asked for before.
    await this.reading;
    const { model, run, logged, file } = this.current;
    this.put({
      standing: { kind: 'loading' },
      ...{ model: anew(model), run: anew(run), logged: anew(logged), file: anew(file) },
    });
    await this.read();
  }

  /** Reads it again, since it was changed; once somebody can see it. */
  readAgain(): void {
    this.isStale = true;
    this.readStale();
  }

  setVisible(visible: boolean): void {
    this.isVisible = visible;
    this.poke();
  }

  /** The interval is another now. */
  restartRefreshing(): void {
    this.loop.restart();
  }

  dispose(): void {
    this.controller.abort();
    this.followed.dispose();
    this.tells?.end.dispose();
    this.lists.dispose();
    this.loop.dispose();
    this.changes.dispose();
  }

  private poke(): void {
    const { session } = this.store;
    this.lists.follow(session?.models);
    this.loop.poke();
    const telling = this.isVisible && session?.tellsChanges === true ? session : undefined;
    if (this.tells?.of !== telling) {
      this.tells?.end.dispose();
      const follower = { experimentIds: () => [], refresh: () => this.read() };
      this.tells = telling && { of: telling, end: telling.follow(follower) };
    }
    // Where a connection is to be opened anew, e.g. with another sign-in, what failed before may not.
    if (session?.connection.status.kind === 'idle' && this.current.standing.kind === 'failed') {
      this.put({ standing: { kind: 'loading' } });
      this.isStale = true;
    }
    this.readStale();
  }

  private readStale(): void {
    if (this.isStale && this.isVisible && this.reading === undefined) {
      void this.read();
    }
  }

  /** Never rejects. One reading at a time: whoever comes meanwhile waits for the same. */
  private async read(): Promise<void> {
    this.isStale = false;
    this.reading ??= this.readNow().finally(() => {
      this.reading = undefined;
      if (!this.controller.signal.aborted) {
        this.poke();
      }
    });
    await this.reading;
  }

  private async readNow(): Promise<void> {
    const { signal } = this.controller;
    const { name, version } = this.current.place;
    try {
      const asked = this.ask((registry) => registry.getModelVersion(name, version, signal));
      const read = withLogged(await asked);
      const isOther = !sameOrigin(read, this.current.version);
      const readAt = Date.now();
      this.put({ version: read, standing: { kind: 'ready' }, readAt });
      await this.readAround(read, isOther);
    } catch (error) {
      if (!signal.aborted) {
        const isGone = error instanceof MlflowError && error.kind === 'notFound';
        this.put({ standing: isGone ? { kind: 'gone' } : { kind: 'failed', error } });
      }
    }
  }

  /** Reads what stands around the version, unless it is known: that is for good once the version is ready. */
  private async readAround(version: ModelVersion, isOther: boolean): Promise<void> {
    const { run, logged, file } = this.current;
    const isDue = ({ kind }: Reading<unknown>): boolean => isOther || kind !== 'ready';
    await Promise.all([
      this.options.readsModel === true &&
        this.part(this.findModel(version), (found) => this.put({ model: found })),
      isDue(run) && this.part(this.findRun(version), (found) => this.put({ run: found })),
      isDue(logged) && this.part(this.findLogged(version), (found) => this.put({ logged: found })),
      isDue(file) && this.part(this.readFile(), (found) => this.put({ file: found })),
    ]);
  }

  private async part<T>(work: Promise<T>, put: (reading: Reading<T>) => void): Promise<void> {
    try {
      put({ kind: 'ready', value: await work });
    } catch (error) {
      if (!this.controller.signal.aborted) {
        put({ kind: 'failed', error });
      }
    }
  }

  /** Others change it: it is read each time. */
  private findModel({ name }: ModelVersion): Promise<RegisteredModel> {
    return this.ask((registry) => registry.getRegisteredModel(name, this.controller.signal));
  }

  private async findRun({ runId }: ModelVersion): Promise<SourceRun | undefined> {
    const { signal } = this.controller;
    if (runId === undefined || runId === '') {
      return undefined;
    }
    return this.turn(() =>
      this.store.ask(async (store) => {
        const run = await store.getRun(runId, signal);
        const { experimentId } = run;
        await this.names.find(store, [experimentId], signal);
        return { run, experimentName: this.names.get(experimentId) ?? experimentId };
      }, signal),
    );
  }

  private async findLogged({ modelId }: ModelVersion): Promise<LoggedModel | undefined> {
    const { signal } = this.controller;
    if (modelId === undefined || modelId === '') {
      return undefined;
    }
    try {
      return await this.turn(() =>
        this.store.ask((store) => store.getLoggedModel(modelId, signal), signal),
      );
    } catch (error) {
      if (error instanceof MlflowError && error.kind === 'unsupported') {
        return undefined;
      }
      throw error;
    }
  }

  private readFile(): Promise<Uint8Array<ArrayBuffer>> {
    const { name, version } = this.current.place;
    const place = { owner: { kind: 'version', name, version }, path: 'MLmodel' } as const;
    const { signal } = this.controller;
    return this.ask((registry) => readArtifact(registry, place, mostModelFile, signal));
  }

  private ask<T>(work: (registry: TrackingStore) => Promise<T>): Promise<T> {
    const { signal } = this.controller;
    return this.turn(() =>
      this.store.ask((store) => work(this.store.session?.registry ?? store), signal),
    );
  }

  private turn<T>(work: () => Promise<T>): Promise<T> {
    return this.options.queue.run(work, this.controller.signal);
  }

  /** What the lists of the view say of it: without its aliases, which they keep with the model. */
  private listedVersion(): ModelVersion | undefined {
    const { name, version } = this.options.place;
    const models = this.store.session?.models;
    const listed = models?.versions(name).get(version);
    const all = models?.list.get(name)?.aliases ?? [];
    const aliases = all.filter((one) => one.version === version).map(({ alias }) => alias);
    return listed && { ...listed, aliases };
  }

  private put(change: Partial<VersionEntry>): void {
    const before = this.current;
    this.current = { ...before, ...change };
    const { current } = this;
    const isSame =
      before.file === current.file &&
      current.standing.kind !== 'failed' &&
      sameFacts(facts(before), facts(current));
    if (!isSame) {
      this.changes.fire();
    }
  }
}

function facts({ version, standing, model, run, logged }: VersionEntry): unknown {
  return [version, standing.kind, model, run, logged];
}

/** MLflow 3 registers a logged model under its address, and does not say again which it is. */
function withLogged(version: ModelVersion): ModelVersion {
  const [, modelId] = /^models:\/(m-[^/@]+)$/.exec(version.source) ?? [];
  return version.modelId === undefined && modelId !== undefined ? { ...version, modelId } : version;
}

/** Whether a version is made of the same: what is under a number again after a deletion may not be. */
function sameOrigin(one: ModelVersion, other: ModelVersion | undefined): boolean {
  const of = ({ source, runId, modelId, creationTime, status }: ModelVersion): unknown => [
    ...[source, runId, modelId, creationTime, status],
  ];
  return other !== undefined && sameFacts(of(one), of(other));
}

/** What failed is not known yet; the rest stays. */
function anew<T>(reading: Reading<T>): Reading<T> {
  return reading.kind === 'failed' ? { kind: 'loading' } : reading;
}
