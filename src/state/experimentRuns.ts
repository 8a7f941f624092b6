import type { Disposable } from '../base/disposable';
import { isAbortError, MlflowError } from '../mlflow/errors';
import type { Run } from '../mlflow/model';
import { hasEnded, isLive, parentRunId, sameRun } from '../mlflow/runFacts';
import { buildRunForest, type RunForest } from '../mlflow/runForest';
import type { Page } from '../mlflow/trackingStore';
import { PagedList } from './pagedList';
import { compareRuns, type RunChanges, type RunRefresh } from './runChanges';
import { Relatives } from './relatives';
import { RunSearch, type RunSearchOptions } from './runSearch';
import type { RunSelection } from './runSelection';

export interface ExperimentRunsOptions extends RunSearchOptions {
  /** The list of runs changed. */
  readonly onChange: () => void;
  /** Whether somebody asked to be told when a run ends. */
  readonly isWatched: (id: string) => boolean;
}

/** The runs of one experiment under one selection: pages, families, and what is known beyond them. */
export class ExperimentRuns implements Disposable {
  private readonly flat: PagedList<Run>;
  private readonly childLists = new Map<string, PagedList<Run>>();
  private readonly relatives: Relatives;
  private readonly asking: RunSearch;
  private readonly opened = new Map<string, Run>();
  private readonly controller = new AbortController();
  private forestCache: RunForest | undefined;

  constructor(private readonly options: ExperimentRunsOptions) {
    this.asking = new RunSearch(options);
    this.flat = new PagedList({
      keyOf: (run) => run.id,
      same: sameAndAtRest,
      onChange: () => this.changed(),
      fetchPage: (token, signal) => this.fetchPage(token, signal),
    });
    this.relatives = new Relatives({
      isListed: (id) => this.flat.get(id) !== undefined || this.opened.has(id),
      read: (ids, signal) => this.asking.byIds(ids, signal),
    });
  }

  get selection(): RunSelection {
    return this.options.selection;
  }

  /** The list as the server gives it; drawing goes by {@link forest}. */
  get list(): PagedList<Run> {
    return this.flat;
  }

  /** The list and the lists of children that were read by themselves. */
  get lists(): readonly PagedList<Run>[] {
    return [this.flat, ...this.childLists.values()];
  }

  /** How the runs known so far nest. */
  get forest(): RunForest {
    this.forestCache ??= this.buildForest();
    return this.forestCache;
  }

  /** The newest reading of a run, wherever it came from. */
  run(id: string): Run | undefined {
    return (
      this.flat.get(id) ?? this.opened.get(id) ?? this.relatives.get(id) ?? this.inChildLists(id)
    );
  }

  /** Whether a run is shown only because one of its descendants is in the selection. */
  isPlaceholder(id: string): boolean {
    const relative = this.relatives.get(id);
    if (!relative || this.flat.get(id) || this.opened.has(id) || this.inChildLists(id)) {
      return false;
    }
    const { selection, lifecycle } = this.options;
    // Where nothing is filtered, a parent on a page that has not been read yet belongs to it all the same.
    return (
      selection.filter !== '' ||
      selection.createdWithin !== undefined ||
      relative.lifecycleStage !== lifecycle
    );
  }

  /** Whether every run of the selection has been read, so that families are complete. */
  get isComplete(): boolean {
    return this.flat.loadedAt !== undefined && !this.flat.hasMore;
  }

  /** The list of a run's children; `undefined` where the flat list holds them all already. */
  childList(parentId: string): PagedList<Run> | undefined {
    const existing = this.childLists.get(parentId);
    if (existing !== undefined || this.isComplete) {
      return existing;
    }
    const list = new PagedList<Run>({
      keyOf: (run) => run.id,
      onChange: () => this.changed(),
      fetchPage: (token, signal) => this.asking.children(parentId, token, signal),
    });
    this.childLists.set(parentId, list);
    return list;
  }

  /** Ids of a run's children: those its list gives, then those known from elsewhere. */
  childIds(parentId: string): readonly string[] {
    const ids = new Set<string>();
    for (const run of this.childLists.get(parentId)?.items ?? []) {
      ids.add(run.id);
    }
    for (const id of this.forest.childrenOf.get(parentId) ?? []) {
      ids.add(id);
    }
    return [...ids];
  }

  /** Ids of the runs that a run is shown under, outermost first. */
  ancestorIds(id: string): readonly string[] {
    const roots = new Set(this.forest.roots);
    const ids: string[] = [];
    for (let run = this.run(id); run !== undefined && !roots.has(run.id);) {
      const parentId = parentRunId(run);
      const parent = parentId === undefined ? undefined : this.run(parentId);
      if (parent === undefined || parent.id === id || ids.includes(parent.id)) {
        break;
      }
      ids.unshift(parent.id);
      run = parent;
    }
    return ids;
  }

  /** Keeps a run in sight whatever the selection says, e.g. one opened by its id. */
  async show(run: Run, signal: AbortSignal): Promise<void> {
    this.opened.set(run.id, run);
    this.forestCache = undefined;
    await this.relatives.findParents([run], signal);
    this.forestCache = undefined;
  }

  /**
   * Shows at once what a write made of runs: those that no longer belong here go, unless a child of
   * theirs is shown. Resolves when those that belong here now have been read to their places.
   */
  async apply(ids: readonly string[], change: (run: Run) => Run): Promise<void> {
    const { lifecycle } = this.options;
    const changed = ids.flatMap((id) => this.run(id) ?? []).map(change);
    const gone = new Set(
      changed.filter((run) => run.lifecycleStage !== lifecycle).map(({ id }) => id),
    );
    this.lists.forEach((list) => list.update(changed, gone));
    for (const run of changed) {
      if (gone.has(run.id) || this.relatives.has(run.id)) {
        this.relatives.set(run.id, run);
      }
      if (gone.has(run.id)) {
        this.opened.delete(run.id);
      } else if (this.opened.has(run.id)) {
        this.opened.set(run.id, run);
      }
    }
    this.changed();
    const isShown = (id: string): boolean => this.lists.some((list) => list.get(id) !== undefined);
    const isNew = ids.some((id) => !gone.has(id) && !isShown(id));
    if (
      this.flat.loadedAt !== undefined &&
      (isNew || (this.flat.size === 0 && this.flat.hasMore))
    ) {
      await this.reload();
    }
  }

  /** Whether a run that is known here still changes by itself. */
  get hasLiveRuns(): boolean {
    for (const run of this.knownRuns()) {
      if (isLive(run)) {
        return true;
      }
    }
    return false;
  }

  /** Reads all shown pages anew; what was there stays until it has come. */
  async reload(): Promise<void> {
    const children = [...this.childLists.values()];
    await Promise.all([this.flat, ...children].map((list) => list.reload()));
    if (this.flat.error === undefined) {
      await this.reloadBeyondList();
    }
  }

  /**
   * Reads what may have changed by itself: the first page, children of live runs, live runs by id.
   * What has come is told even when the rest cannot be read or is given up, since the next refresh
   * would find no difference to it.
   */
  async refreshLive(signal: AbortSignal): Promise<RunRefresh> {
    const before = this.snapshot();
    const { error } = this.flat;
    const families = this.forest.childrenOf;
    const live = this.liveRuns();
    await this.flat.freshen();
    if (this.flat.error !== undefined) {
      return { structure: this.flat.error !== error, runs: [] };
    }
    const { found, failure } = await this.readLive(live, families, signal);
    this.forestCache = undefined;
    const { structure, runs } = compareRuns(before, this.snapshot());
    const ended = live
      .flatMap(({ id }) => this.run(id) ?? found.get(id) ?? [])
      .filter((run) => hasEnded(run) && this.isAwaited(run));
    return {
      structure: structure || error !== undefined,
      runs,
      ...(ended.length > 0 && { ended }),
      ...(failure !== undefined && { failure }),
    };
  }

  /** Reads runs by their ids, whether or not they are shown; rejects when they cannot be read. */
  async reread(
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly found: ReadonlyMap<string, Run>; readonly changes: RunChanges }> {
    const before = this.snapshot();
    const families = this.forest.childrenOf;
    const found = await this.readAgain(ids, signal);
    this.forestCache = undefined;
    await this.relatives.findLost(families, signal);
    return { found, changes: compareRuns(before, this.snapshot()) };
  }

  /** Whether somebody asked to be told when this run ends. */
  isWatched(id: string): boolean {
    return this.options.isWatched(id);
  }

  dispose(): void {
    this.controller.abort();
    this.flat.dispose();
    for (const list of this.childLists.values()) {
      list.dispose();
    }
  }

  private inChildLists(id: string): Run | undefined {
    for (const list of this.childLists.values()) {
      const child = list.get(id);
      if (child !== undefined) {
        return child;
      }
    }
    return undefined;
  }

  private changed(): void {
    this.forestCache = undefined;
    this.options.onChange();
  }

  private async fetchPage(pageToken: string | undefined, signal: AbortSignal): Promise<Page<Run>> {
    const page = await this.asking.page(pageToken, signal);
    await this.relatives.findParents(page.items, signal);
    this.forestCache = undefined;
    return page;
  }

  /** Parents and opened runs that cannot be read anew stay as they were; the list itself has come. */
  private async reloadBeyondList(): Promise<void> {
    const { signal } = this.controller;
    const known = this.relatives.size + this.opened.size;
    try {
      await this.readAgain([...this.opened.keys()], signal);
      await this.relatives.renew([...this.opened.values(), ...this.flat], signal);
      if (known + this.relatives.size > 0) {
        this.changed();
      }
    } catch (error) {
      if (!(error instanceof MlflowError) && !isAbortError(error)) {
        throw error;
      }
    }
  }

  private buildForest(): RunForest {
    return buildRunForest(this.listedRuns(), (id) => this.relatives.get(id));
  }

  /** Reads runs by their ids and puts what has come in their places; resolves to it. */
  private async readAgain(
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Run>> {
    if (ids.length === 0) {
      return new Map();
    }
    const found = await this.asking.byIds(ids, signal);
    const { lifecycle } = this.options;
    const gone = ids.filter((id) => found.get(id)?.lifecycleStage !== lifecycle);
    this.flat.update(found.values(), gone);
    for (const list of this.childLists.values()) {
      list.update(found.values(), gone);
    }
    for (const id of ids) {
      const run = found.get(id);
      if (this.relatives.has(id)) {
        this.relatives.set(id, run ?? null);
      }
      if (run === undefined) {
        this.opened.delete(id);
      } else if (this.opened.has(id)) {
        this.opened.set(id, run);
      }
    }
    return found;
  }

  /**
   * Reads children of `live` runs, then those of them that no list brought, then parents that left
   * the list; resolves to what was found by id, and to what went wrong.
   */
  private async readLive(
    live: readonly Run[],
    families: RunForest['childrenOf'],
    signal: AbortSignal,
  ): Promise<{ readonly found: ReadonlyMap<string, Run>; readonly failure?: Error }> {
    let found: ReadonlyMap<string, Run> = new Map();
    try {
      for (const run of live) {
        signal.throwIfAborted();
        await this.childLists.get(run.id)?.freshen();
      }
      // A run that is gone from the list may have ended, and so left the filter.
      const unread = live.filter((run) => (this.run(run.id) ?? run) === run).map(({ id }) => id);
      found = await this.readAgain(unread, signal);
      await this.relatives.findLost(families, signal);
      return { found };
    } catch (error) {
      return { found, failure: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  /** The end of a parent is what one waits for, not that of each of its children, unless one said so. */
  private isAwaited(run: Run): boolean {
    const parentId = parentRunId(run);
    const parent = parentId === undefined ? undefined : this.run(parentId);
    return parent === undefined || !isLive(parent) || this.isWatched(run.id);
  }

  /** What the forest is made of; where a run comes twice, the later reading counts. */
  private *listedRuns(): Iterable<Run> {
    yield* this.opened.values();
    yield* this.flat;
  }

  private *knownRuns(): Iterable<Run> {
    yield* this.flat;
    yield* this.opened.values();
    yield* this.relatives.runs();
    for (const list of this.childLists.values()) {
      yield* list;
    }
  }

  private liveRuns(): readonly Run[] {
    const live = new Map<string, Run>();
    for (const run of this.knownRuns()) {
      if (isLive(run) && !live.has(run.id)) {
        live.set(run.id, run);
      }
    }
    return [...live.values()];
  }

  private snapshot(): Map<string, Run> {
    const runs = new Map<string, Run>();
    for (const run of this.knownRuns()) {
      if (!runs.has(run.id)) {
        runs.set(run.id, run);
      }
    }
    return runs;
  }
}

/** A live run is another object after each reading, which tells those apart that were not read. */
function sameAndAtRest(one: Run, other: Run): boolean {
  return !isLive(one) && sameRun(one, other);
}
