import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { quoteValue } from '../mlflow/filterText';
import { isAbortError, MlflowError } from '../mlflow/errors';
import type { LoggedModel, ModelVersion, Run } from '../mlflow/model';
import { parentRunId } from '../mlflow/runFacts';
import type { TrackingStore } from '../mlflow/trackingStore';
import type { SessionStore } from './sessionStore';

/** What is read by itself: an answer, not yet, or why not. */
export type Reading<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Runs nested in a run, as many as are looked up. */
export interface ChildRuns {
  readonly runs: readonly Run[];
  readonly hasMore: boolean;
}

/** Models that a run logged, and versions of registered models made of them. */
export interface RunModels {
  readonly logged: readonly LoggedModel[];
  readonly versions: readonly ModelVersion[];
}

const most = 100;

/** What stands around a run: its parent, its children and its models, each read by itself. */
export class RunSurroundings implements Disposable {
  private readonly changes = new EventSource<void>();
  private readonly controller = new AbortController();
  private isReading = false;
  private currentParent: Run | undefined;
  private currentChildren: Reading<ChildRuns> = { kind: 'loading' };
  private currentModels: Reading<RunModels> = { kind: 'loading' };

  readonly onDidChange = this.changes.event;

  constructor(private readonly store: SessionStore) {}

  /** Absent where there is none, and until it is read. */
  get parent(): Run | undefined {
    return this.currentParent;
  }

  get children(): Reading<ChildRuns> {
    return this.currentChildren;
  }

  get models(): Reading<RunModels> {
    return this.currentModels;
  }

  /** Reads all of it; what fails stands in its part, and what was known stays until then. */
  async read(run: Run): Promise<void> {
    if (this.isReading || this.controller.signal.aborted) {
      return;
    }
    this.isReading = true;
    try {
      await Promise.all([
        this.part(
          () => this.findChildren(run),
          (children) => (this.currentChildren = children),
        ),
        this.part(
          () => this.findModels(run),
          (models) => (this.currentModels = models),
        ),
        this.findParent(run),
      ]);
    } finally {
      this.isReading = false;
    }
  }

  dispose(): void {
    this.controller.abort();
    this.changes.dispose();
  }

  private async part<T>(find: () => Promise<T>, put: (reading: Reading<T>) => void): Promise<void> {
    try {
      put({ kind: 'ready', value: await find() });
    } catch (error) {
      if (isAbortError(error)) {
        return;
      }
      put({ kind: 'failed', error });
    }
    this.changes.fire();
  }

  private async findChildren({ id, experimentId }: Run): Promise<ChildRuns> {
    const query = {
      experimentIds: [experimentId],
      filter: `tags.\`mlflow.parentRunId\` = ${quoteValue(id)}`,
      view: 'active',
      maxResults: most,
    } as const;
    const { items, nextPageToken } = await this.ask((store) =>
      store.searchRuns(query, this.controller.signal),
    );
    return { runs: items, hasMore: nextPageToken !== undefined };
  }

  private async findModels(run: Run): Promise<RunModels> {
    const { signal } = this.controller;
    const filter = `run_id = ${quoteValue(run.id)}`;
    const [logged, { items: versions }] = await Promise.all([
      this.ask((store) => this.findLogged(store, run)),
      this.ask((store) =>
        (this.registry ?? store).searchModelVersions({ filter, maxResults: most }, signal),
      ),
    ]);
    return { logged, versions };
  }

  private async findLogged(store: TrackingStore, run: Run): Promise<readonly LoggedModel[]> {
    const { signal } = this.controller;
    const { can } = await store.serverInfo(signal);
    if (!can.loggedModels) {
      return [];
    }
    const items = await this.searchLogged(store, run);
    const found = new Set(items.map(({ id }) => id));
    const others = run.modelOutputs.filter(({ modelId }) => !found.has(modelId)).slice(0, most);
    const more = await Promise.allSettled(
      others.map(({ modelId }) => store.getLoggedModel(modelId, signal)),
    );
    signal.throwIfAborted();
    return [...items, ...more.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))];
  }

  /** Local stores cannot narrow logged models; what the run says of its outputs has to do there. */
  private async searchLogged(
    store: TrackingStore,
    { id, experimentId }: Run,
  ): Promise<readonly LoggedModel[]> {
    const filter = `source_run_id = ${quoteValue(id)}`;
    try {
      const query = { experimentIds: [experimentId], filter, maxResults: most };
      return (await store.searchLoggedModels(query, this.controller.signal)).items;
    } catch (error) {
      if (error instanceof MlflowError && error.kind === 'unsupported') {
        return [];
      }
      throw error;
    }
  }

  /** A parent that cannot be read is known by its id alone. */
  private async findParent(run: Run): Promise<void> {
    const id = parentRunId(run);
    if (id === undefined || this.currentParent?.id === id) {
      return;
    }
    try {
      this.currentParent = await this.ask((store) => store.getRun(id, this.controller.signal));
      this.changes.fire();
    } catch {
      this.currentParent = undefined;
    }
  }

  /** Where registered models are; absent until the connection is open. */
  private get registry(): TrackingStore | undefined {
    const status = this.store.session?.connection.status;
    return status?.kind === 'ready' ? status.opened.registry : undefined;
  }

  private ask<T>(work: (store: TrackingStore) => Promise<T>): Promise<T> {
    return this.store.ask(work, this.controller.signal);
  }
}
