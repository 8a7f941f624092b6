import type { Disposable } from '../base/disposable';
import { allOf, childrenOf, runFilterFromText, runIdIn, startedAfter } from '../mlflow/filterText';
import type { Run } from '../mlflow/model';
import { isLive, parentRunId, sameRun } from '../mlflow/runFacts';
import { buildRunForest, type RunForest } from '../mlflow/runForest';
import { newestFirst, toOrderBy, type RunOrder } from '../mlflow/runOrder';
import type { Page, RunQuery, TrackingStore, ViewType } from '../mlflow/trackingStore';
import { PagedList } from './pagedList';

/** Which runs of an experiment are shown, and how; what a person chose. */
export interface RunSelection {
  /** As typed: MLflow's language, or text that the name contains; empty for all. */
  readonly filter: string;
  /** Only runs that started within the last so many milliseconds; `undefined` for all. */
  readonly createdWithin: number | undefined;
  readonly order: RunOrder;
}

export const everyRun: RunSelection = { filter: '', createdWithin: undefined, order: newestFirst };

export interface ExperimentRunsOptions {
  readonly store: TrackingStore;
  readonly experimentId: string;
  readonly selection: RunSelection;
  readonly lifecycle: Exclude<ViewType, 'all'>;
  readonly pageSize: number;
  /** The list of runs changed. */
  readonly onChange: () => void;
}

/** What a refresh found. */
export interface RunChanges {
  /** Runs came, went or moved. */
  readonly structure: boolean;
  /** Ids of runs that say something else than before. */
  readonly runs: readonly string[];
}

const idsPerLookUp = 100;
const deepestLookUp = 50;
/** A parent's id is a tag that anybody can write; only what may be an id goes into a filter. */
const idPattern = /^[\w-]{1,64}$/;

/** The runs of one experiment under one selection: pages, families, and what is known beyond them. */
export class ExperimentRuns implements Disposable {
  private readonly flat: PagedList<Run>;
  private readonly childLists = new Map<string, PagedList<Run>>();
  /** Parents that are not in the list: the run, or `null` when it does not exist in this experiment. */
  private readonly relatives = new Map<string, Run | null>();
  private readonly opened = new Map<string, Run>();
  private cutoff: string | undefined;
  private forestCache: RunForest | undefined;

  constructor(private readonly options: ExperimentRunsOptions) {
    this.flat = new PagedList({
      keyOf: (run) => run.id,
      onChange: () => this.changed(),
      fetchPage: (token, signal) => this.fetchPage(token, signal),
    });
  }

  get selection(): RunSelection {
    return this.options.selection;
  }

  /** The list as the server gives it; drawing goes by {@link forest}. */
  get list(): PagedList<Run> {
    return this.flat;
  }

  /** How the runs known so far nest. */
  get forest(): RunForest {
    this.forestCache ??= this.buildForest();
    return this.forestCache;
  }

  /** The newest reading of a run, wherever it came from. */
  run(id: string): Run | undefined {
    const listed = this.flat.get(id) ?? this.opened.get(id) ?? this.relatives.get(id);
    if (listed) {
      return listed;
    }
    for (const list of this.childLists.values()) {
      const child = list.get(id);
      if (child !== undefined) {
        return child;
      }
    }
    return undefined;
  }

  /** Whether a run is shown only because one of its descendants is in the selection. */
  isPlaceholder(id: string): boolean {
    return this.flat.get(id) === undefined && !this.opened.has(id) && this.relatives.has(id);
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
      fetchPage: (pageToken, signal) => {
        const filter = allOf(childrenOf(parentId), this.filter());
        return this.search({ filter, pageToken }, signal);
      },
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

  /** Ids of a run's known parents, outermost first. */
  ancestorIds(id: string): readonly string[] {
    const ids: string[] = [];
    for (let run = this.run(id); run !== undefined;) {
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
    await this.findRelatives(signal);
  }

  /** Whether a run that is known here still changes by itself. */
  get hasLiveRuns(): boolean {
    return this.liveRuns().length > 0;
  }

  /** Reads all shown pages anew. */
  async reload(): Promise<void> {
    this.relatives.clear();
    for (const list of this.childLists.values()) {
      list.dispose();
    }
    this.childLists.clear();
    await this.flat.reload();
  }

  /** Reads what may have changed by itself: the first page, children of live runs, live runs by id. */
  async refreshLive(signal: AbortSignal): Promise<RunChanges> {
    const before = this.snapshot();
    const { error } = this.flat;
    const live = this.liveRuns();
    await this.flat.freshen();
    for (const run of live) {
      await this.childLists.get(run.id)?.freshen();
    }
    const readAt = new Set(live.filter((run) => this.run(run.id) !== run).map((run) => run.id));
    await this.readAgain(
      live.map((run) => run.id).filter((id) => !readAt.has(id)),
      signal,
    );
    this.forestCache = undefined;
    const changes = this.compare(before);
    return { ...changes, structure: changes.structure || this.flat.error !== error };
  }

  dispose(): void {
    this.flat.dispose();
    for (const list of this.childLists.values()) {
      list.dispose();
    }
  }

  private changed(): void {
    this.forestCache = undefined;
    this.options.onChange();
  }

  private filter(): string | undefined {
    return allOf(runFilterFromText(this.options.selection.filter), this.cutoff);
  }

  private search(
    query: Pick<RunQuery, 'filter' | 'pageToken'>,
    signal: AbortSignal,
  ): Promise<Page<Run>> {
    const { store, experimentId, lifecycle, selection, pageSize } = this.options;
    return store.searchRuns(
      {
        ...query,
        experimentIds: [experimentId],
        view: lifecycle,
        orderBy: toOrderBy(selection.order),
        maxResults: pageSize,
      },
      signal,
    );
  }

  private async fetchPage(pageToken: string | undefined, signal: AbortSignal): Promise<Page<Run>> {
    const { createdWithin } = this.options.selection;
    if (pageToken === undefined && createdWithin !== undefined) {
      this.cutoff = startedAfter(Date.now() - createdWithin);
    }
    const page = await this.search({ filter: this.filter(), pageToken }, signal);
    await this.findRelatives(signal, page.items);
    this.forestCache = undefined;
    return page;
  }

  /** Looks up the parents that nobody has seen yet, generation by generation. */
  private async findRelatives(signal: AbortSignal, arriving: readonly Run[] = []): Promise<void> {
    for (let generation = 0; generation < deepestLookUp; generation++) {
      const { missing } = this.buildForest(arriving);
      if (missing.length === 0) {
        break;
      }
      const found = await this.byIds(missing, 'all', signal);
      for (const id of missing) {
        this.relatives.set(id, found.get(id) ?? null);
      }
    }
    this.forestCache = undefined;
  }

  private buildForest(arriving: readonly Run[] = []): RunForest {
    const listed = new Map<string, Run>(this.opened);
    for (const run of [...this.flat.items, ...arriving]) {
      listed.set(run.id, run);
    }
    return buildRunForest(listed.values(), (id) => this.relatives.get(id));
  }

  private async byIds(
    ids: readonly string[],
    view: ViewType,
    signal: AbortSignal,
  ): Promise<Map<string, Run>> {
    const found = new Map<string, Run>();
    const askable = ids.filter((id) => idPattern.test(id));
    for (let start = 0; start < askable.length; start += idsPerLookUp) {
      const page = await this.options.store.searchRuns(
        {
          experimentIds: [this.options.experimentId],
          view,
          filter: runIdIn(askable.slice(start, start + idsPerLookUp)),
          maxResults: idsPerLookUp,
        },
        signal,
      );
      for (const run of page.items) {
        found.set(run.id, run);
      }
    }
    return found;
  }

  private async readAgain(ids: readonly string[], signal: AbortSignal): Promise<void> {
    if (ids.length === 0) {
      return;
    }
    const found = await this.byIds(ids, this.options.lifecycle, signal);
    const gone = ids.filter((id) => !found.has(id));
    this.flat.update(found.values(), gone);
    for (const list of this.childLists.values()) {
      list.update(found.values(), gone);
    }
    for (const known of [this.opened, this.relatives]) {
      for (const [id, run] of found) {
        if (known.has(id)) {
          known.set(id, run);
        }
      }
    }
  }

  private *knownRuns(): Iterable<Run> {
    yield* this.flat.items;
    yield* this.opened.values();
    for (const run of this.relatives.values()) {
      if (run !== null) {
        yield run;
      }
    }
    for (const list of this.childLists.values()) {
      yield* list.items;
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

  private compare(before: ReadonlyMap<string, Run>): RunChanges {
    const after = this.snapshot();
    const runs: string[] = [];
    for (const [id, run] of after) {
      const old = before.get(id);
      if (old !== undefined && old !== run && !sameRun(old, run)) {
        runs.push(id);
      }
    }
    const ids = [...after.keys()];
    const structure =
      after.size !== before.size || [...before.keys()].some((id, index) => id !== ids[index]);
    return { structure, runs };
  }
}
