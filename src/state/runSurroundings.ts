import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { isAbortError, MlflowError } from '../mlflow/errors';
import { childrenOf, quoteValue } from '../mlflow/filterText';
import type { LoggedModel, ModelVersion, Run } from '../mlflow/model';
import { parentRunId } from '../mlflow/runFacts';
import type { TrackingStore } from '../mlflow/trackingStore';
import { loggedModelsOf } from './loggedModels';
import { RequestQueue } from './requestQueue';
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
/** Children come with all that was logged to them: few at a time, so that the extension host has its turns. */
const childrenPerPage = 20;
/** What a run of the same state was read with stays this long, in milliseconds. */
const patience = 30_000;

/** What stands around a run: its parent, its children and its models, each read by itself. */
export class RunSurroundings implements Disposable {
  private readonly changes = new EventSource<void>();
  private readonly queue = new RequestQueue({ all: 4, long: 4 });
  private reading: AbortController | undefined;
  private isDisposed = false;
  /** What the last reading was of, and when it began. */
  private last: { readonly of: string; readonly at: number } | undefined;
  private currentParent: Run | undefined;
  private currentChildren: Reading<ChildRuns> = { kind: 'loading' };
  private currentModels: Reading<RunModels> = { kind: 'loading' };

  readonly onDidChange = this.changes.event;

  /** @param now in milliseconds */
  constructor(
    private readonly store: Pick<SessionStore, 'ask' | 'session'>,
    private readonly now: () => number = Date.now,
  ) {}

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

  /**
   * Reads all of it, unless that was done a moment ago and the run is still in the same state. What fails stands in its
   * part, and what was known stays until then.
   */
  async read(run: Run): Promise<void> {
    const of = stateOf(run);
    const isFresh = this.last?.of === of && this.now() - this.last.at < patience;
    if (isFresh || this.reading !== undefined || this.isDisposed) {
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    this.reading = controller;
    this.last = { of, at: this.now() };
    try {
      await Promise.all([
        this.part(
          signal,
          () => this.findChildren(run, signal),
          (children) => (this.currentChildren = children),
        ),
        this.part(
          signal,
          () => this.findModels(run, signal),
          (models) => (this.currentModels = models),
        ),
        this.findParent(run, signal),
      ]);
    } finally {
      if (this.reading === controller) {
        this.reading = undefined;
      }
    }
  }

  /** Reads all of it now, however fresh it is. */
  async readAgain(run: Run): Promise<void> {
    this.last = undefined;
    await this.read(run);
  }

  /** Gives up what is being read, since nobody can see it; the next {@link read} begins anew. */
  pause(): void {
    if (this.reading !== undefined) {
      this.reading.abort();
      this.reading = undefined;
      this.last = undefined;
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.pause();
    this.changes.dispose();
  }

  private async part<T>(
    signal: AbortSignal,
    find: () => Promise<T>,
    put: (reading: Reading<T>) => void,
  ): Promise<void> {
    const reading = await settled(find);
    if (signal.aborted) {
      return;
    }
    const error = reading.kind === 'failed' ? reading.error : undefined;
    if (error !== undefined && mayPass(error)) {
      this.last = undefined;
    }
    if (!isAbortError(error)) {
      put(reading);
      this.changes.fire();
    }
  }

  private async findChildren({ id, experimentId }: Run, signal: AbortSignal): Promise<ChildRuns> {
    const query = {
      experimentIds: [experimentId],
      filter: childrenOf(id),
      view: 'active',
      maxResults: childrenPerPage,
    } as const;
    const runs: Run[] = [];
    let pageToken: string | undefined;
    for (let read = 0; read < most; read += childrenPerPage) {
      const asked = { ...query, pageToken };
      const page = await this.store.ask((store) => store.searchRuns(asked, signal), signal);
      runs.push(...page.items);
      pageToken = page.nextPageToken;
      if (pageToken === undefined) {
        break;
      }
    }
    return { runs, hasMore: pageToken !== undefined };
  }

  private async findModels(run: Run, signal: AbortSignal): Promise<RunModels> {
    const filter = `run_id = ${quoteValue(run.id)}`;
    const [logged, { items: versions }] = await Promise.all([
      this.store.ask((store) => this.findLogged(store, run, signal), signal),
      this.store.ask(
        (store) =>
          (this.registry ?? store).searchModelVersions({ filter, maxResults: most }, signal),
        signal,
      ),
    ]);
    return { logged, versions };
  }

  private async findLogged(
    store: TrackingStore,
    run: Run,
    signal: AbortSignal,
  ): Promise<readonly LoggedModel[]> {
    const info = this.store.session?.info ?? (await store.serverInfo(signal));
    return loggedModelsOf(store, info, run, this.queue, signal);
  }

  /** A parent that cannot be read is known by its id alone. */
  private async findParent(run: Run, signal: AbortSignal): Promise<void> {
    const id = parentRunId(run);
    if (id === undefined || this.currentParent?.id === id) {
      return;
    }
    try {
      this.currentParent = await this.store.ask((store) => store.getRun(id, signal), signal);
      this.changes.fire();
    } catch {
      if (!signal.aborted) {
        this.currentParent = undefined;
      }
    }
  }

  /** Where registered models are; absent until the connection is open. */
  private get registry(): TrackingStore | undefined {
    const status = this.store.session?.connection.status;
    return status?.kind === 'ready' ? status.opened.registry : undefined;
  }
}

/** What tells of a run that there is something else around it. */
function stateOf(run: Run): string {
  const { status, lifecycleStage, modelOutputs } = run;
  return JSON.stringify([
    ...[status, lifecycleStage, parentRunId(run)],
    ...modelOutputs.map(({ modelId }) => modelId),
  ]);
}

/** Whether it may be over as soon as the run itself is read another time. */
function mayPass(error: unknown): boolean {
  return !(error instanceof MlflowError) || error.kind === 'unreachable';
}

async function settled<T>(find: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { kind: 'ready', value: await find() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
