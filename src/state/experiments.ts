import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { MlflowError } from '../mlflow/errors';
import { nameContains } from '../mlflow/filterText';
import { byLastUse, lastRunTimes } from '../mlflow/lastUse';
import type { Experiment, Run } from '../mlflow/model';
import type { Page, TrackingStore } from '../mlflow/trackingStore';
import { Choices, type ExperimentOrder } from './choices';
import { ExperimentRuns } from './experimentRuns';
import type { Memory } from './memory';
import { LiveRefresh } from './liveRefresh';
import { PagedList, sameFacts } from './pagedList';
import type { RunChanges } from './runChanges';
import type { RunSelection } from './runSelection';
import { WatchedRuns, type RunPlace } from './watchedRuns';

export type Lifecycle = 'active' | 'deleted';

/** What changed, so that no more than that is drawn anew. */
export type ExperimentsChange =
  | { readonly kind: 'experiments' }
  | { readonly kind: 'runs'; readonly experimentId: string }
  | { readonly kind: 'run'; readonly experimentId: string; readonly runId: string };

export interface ExperimentsOptions {
  readonly store: TrackingStore;
  /** Name of the server, to remember choices by. */
  readonly serverName: string;
  readonly memory: Memory;
  /** Runs fetched at a time. */
  readonly pageSize: () => number;
}

const experimentsPerPage = 1000;

/** The experiments of one server and, once looked at, their runs. */
export class Experiments implements Disposable {
  private readonly changes = new EventSource<ExperimentsChange>();
  private readonly ends = new EventSource<readonly Run[]>();
  private readonly watched = new WatchedRuns();
  private readonly choices: Choices;
  private readonly runLists = new Map<string, ExperimentRuns>();
  /** Experiments shown although the list does not hold them: pinned ones, and those of opened runs. */
  private readonly extras = new Map<string, Experiment>();
  private experiments: PagedList<Experiment>;
  private searchText = '';
  private shown: Lifecycle = 'active';

  readonly onDidChange = this.changes.event;
  /** Runs that were seen in progress were found to have ended: all those that one refresh found. */
  readonly onDidEnd = this.ends.event;

  constructor(private readonly options: ExperimentsOptions) {
    this.choices = new Choices(options.memory, options.serverName);
    this.experiments = this.newList();
  }

  get list(): PagedList<Experiment> {
    return this.experiments;
  }

  get search(): string {
    return this.searchText;
  }

  get lifecycle(): Lifecycle {
    return this.shown;
  }

  get order(): ExperimentOrder {
    return this.choices.experimentOrder;
  }

  /** The experiments to show, pinned ones first. */
  get shownExperiments(): readonly Experiment[] {
    const all = [...this.extras.values()].filter(
      ({ id }) => this.experiments.get(id) === undefined,
    );
    all.push(...this.experiments.items);
    const pinned = new Set(this.choices.pinned);
    return [...all.filter(({ id }) => pinned.has(id)), ...all.filter(({ id }) => !pinned.has(id))];
  }

  experiment(id: string): Experiment | undefined {
    return this.experiments.get(id) ?? this.extras.get(id);
  }

  isPinned(id: string): boolean {
    return this.choices.pinned.includes(id);
  }

  async pin(id: string, pinned: boolean): Promise<void> {
    const others = this.choices.pinned.filter((other) => other !== id);
    await this.choices.setPinned(pinned ? [...others, id] : others);
    this.changes.fire({ kind: 'experiments' });
  }

  /** Narrows the list to experiments whose name contains `text`; empty for all. */
  setSearch(text: string): void {
    this.searchText = text.trim();
    this.replaceList();
  }

  async setOrder(order: ExperimentOrder): Promise<void> {
    await this.choices.setExperimentOrder(order);
    this.replaceList();
  }

  /** Shows active experiments and runs, or all experiments with their deleted runs. */
  setLifecycle(lifecycle: Lifecycle): void {
    this.shown = lifecycle;
    this.forgetRuns();
    this.replaceList();
  }

  /** The runs of an experiment under the selection that was chosen for it. */
  runs(experimentId: string): ExperimentRuns {
    let runs = this.runLists.get(experimentId);
    if (runs === undefined) {
      runs = this.newRuns(experimentId, this.choices.selection(experimentId));
      this.runLists.set(experimentId, runs);
    }
    return runs;
  }

  /** The selection of an experiment's runs, without looking at them. */
  selection(experimentId: string): RunSelection {
    return this.runLists.get(experimentId)?.selection ?? this.choices.selection(experimentId);
  }

  /**
   * Chooses which runs of an experiment are shown. The new first page is read before the old one
   * goes; when the server refuses, or `signal` fires, the promise rejects and everything stays as it was.
   */
  async select(experimentId: string, selection: RunSelection, signal?: AbortSignal): Promise<void> {
    const runs = this.newRuns(experimentId, selection);
    const giveUp = (): void => runs.dispose();
    signal?.addEventListener('abort', giveUp);
    await runs.list.ensure();
    signal?.removeEventListener('abort', giveUp);
    signal?.throwIfAborted();
    if (runs.list.error !== undefined) {
      runs.dispose();
      throw runs.list.error;
    }
    this.runLists.get(experimentId)?.dispose();
    this.runLists.set(experimentId, runs);
    await this.choices.setSelection(experimentId, selection);
    this.changes.fire({ kind: 'runs', experimentId });
  }

  /** Reads a run by its id and makes sure that it, its parents and its experiment are shown. */
  async show(runId: string, signal: AbortSignal): Promise<Run> {
    const { store } = this.options;
    const run = await store.getRun(runId, signal);
    await this.experiments.ensure();
    if (this.experiment(run.experimentId) === undefined) {
      const experiment = await store.getExperiment(run.experimentId, signal);
      this.extras.set(experiment.id, experiment);
      this.changes.fire({ kind: 'experiments' });
    }
    const runs = this.runs(run.experimentId);
    await runs.list.ensure();
    if (runs.run(runId) === undefined) {
      await runs.show(run, signal);
      this.changes.fire({ kind: 'runs', experimentId: run.experimentId });
    }
    return run;
  }

  /** Shows at once what a write made of an experiment; one that no longer belongs here goes. */
  apply(id: string, changes: Partial<Experiment>): void {
    const before = this.experiment(id);
    if (before === undefined) {
      return;
    }
    const experiment = { ...before, ...changes };
    const goes = this.shown === 'active' && experiment.lifecycleStage === 'deleted';
    this.experiments.update([experiment], goes ? [id] : []);
    if (goes) {
      this.extras.delete(id);
    } else if (this.extras.has(id)) {
      this.extras.set(id, experiment);
    }
    if (experiment.lifecycleStage !== before.lifecycleStage) {
      this.runLists.get(id)?.dispose();
      this.runLists.delete(id);
    }
    this.changes.fire({ kind: 'experiments' });
  }

  /** Shows at once what a write made of runs of an experiment. */
  async applyToRuns(
    experimentId: string,
    runIds: readonly string[],
    change: (run: Run) => Run,
  ): Promise<void> {
    await this.runLists.get(experimentId)?.apply(runIds, change);
  }

  /** Reads the list anew, and makes sure that these experiments are shown, whatever narrows it. Never rejects. */
  async include(ids: readonly string[], signal: AbortSignal): Promise<void> {
    await this.experiments.reload();
    const missing = ids.filter((id) => this.experiment(id) === undefined);
    const found = await Promise.allSettled(
      missing.map((id) => this.options.store.getExperiment(id, signal)),
    );
    for (const outcome of found) {
      if (outcome.status === 'fulfilled') {
        this.extras.set(outcome.value.id, outcome.value);
      }
    }
    if (missing.length > 0) {
      this.changes.fire({ kind: 'experiments' });
    }
  }

  /** Reads everything that is shown anew; what was there stays until it has come. */
  async reload(): Promise<void> {
    await Promise.all([
      this.experiments.reload(),
      ...[...this.runLists.values()]
        .filter(({ list }) => list.loadedAt !== undefined || list.error !== undefined)
        .map((runs) => runs.reload()),
    ]);
  }

  /** Reads anew what may have changed: the list, the runs of these experiments, and watched runs of any. */
  async follow(experimentIds: Iterable<string>, signal: AbortSignal): Promise<void> {
    const { experiments } = this;
    await Promise.all([
      experiments.loadedAt === undefined ? undefined : experiments.follow(),
      this.refreshLive(experimentIds, signal),
    ]);
  }

  /** Tries again the lists that failed. */
  async retryFailed(): Promise<void> {
    const lists = [this.experiments, ...[...this.runLists.values()].flatMap(({ lists }) => lists)];
    await Promise.all(lists.filter(({ error }) => error !== undefined).map((list) => list.retry()));
  }

  /** Ids among `experimentIds` whose runs still change by themselves. */
  withLiveRuns(experimentIds: Iterable<string>): readonly string[] {
    return [...experimentIds].filter((id) => this.runLists.get(id)?.hasLiveRuns === true);
  }

  /** Whether there are runs whose end somebody asked to be told. */
  get isWatching(): boolean {
    return this.watched.size > 0;
  }

  /** Looks at a run, in sight or not, until it ends, so that its end can be told. */
  watch(place: RunPlace): void {
    this.watched.add(place);
    this.changes.fire({ kind: 'run', ...place });
  }

  unwatch(place: RunPlace): void {
    if (this.watched.delete(place.runId)) {
      this.changes.fire({ kind: 'run', ...place });
    }
  }

  unwatchAll(): void {
    this.watched.all().forEach((place) => this.unwatch(place));
  }

  /** Reads what may have changed by itself in these experiments, and watched runs of any. */
  async refreshLive(experimentIds: Iterable<string>, signal: AbortSignal): Promise<void> {
    const refresh = new LiveRefresh({
      watched: this.watched,
      known: (id) => this.runLists.get(id),
      runs: (id) => this.runs(id),
      tell: (id, changes) => this.tell(id, changes),
      unwatch: (place) => this.unwatch(place),
    });
    try {
      await refresh.run([...experimentIds], signal);
    } finally {
      if (refresh.ended.length > 0) {
        this.ends.fire(refresh.ended);
      }
    }
  }

  dispose(): void {
    this.experiments.dispose();
    this.forgetRuns();
    this.changes.dispose();
    this.ends.dispose();
  }

  private tell(experimentId: string, { structure, runs }: RunChanges): void {
    if (structure) {
      this.changes.fire({ kind: 'runs', experimentId });
    }
    for (const runId of runs) {
      this.changes.fire({ kind: 'run', experimentId, runId });
    }
  }

  private newRuns(experimentId: string, selection: RunSelection): ExperimentRuns {
    return new ExperimentRuns({
      store: this.options.store,
      experimentId,
      selection,
      lifecycle: this.shown,
      pageSize: this.options.pageSize(),
      onChange: () => this.changes.fire({ kind: 'runs', experimentId }),
      isWatched: (id) => this.watched.has(id),
    });
  }

  private forgetRuns(): void {
    for (const runs of this.runLists.values()) {
      runs.dispose();
    }
    this.runLists.clear();
  }

  private replaceList(): void {
    const former = this.experiments;
    former.dispose();
    this.extras.clear();
    this.experiments = this.newList(former);
    this.changes.fire({ kind: 'experiments' });
  }

  private newList(former?: PagedList<Experiment>): PagedList<Experiment> {
    return new PagedList({
      ...(former && { former }),
      keyOf: (experiment) => experiment.id,
      same: sameFacts,
      onChange: () => this.changes.fire({ kind: 'experiments' }),
      fetchPage: (token, signal) => this.fetchPage(token, signal),
    });
  }

  private async fetchPage(
    pageToken: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<Experiment>> {
    const { order } = this;
    const page = await this.options.store.searchExperiments(
      {
        view: this.shown === 'active' ? 'active' : 'all',
        filter: nameContains(this.searchText),
        orderBy: [order === 'name' ? 'name ASC' : 'creation_time DESC'],
        maxResults: experimentsPerPage,
        pageToken,
      },
      signal,
    );
    if (pageToken === undefined && this.searchText === '') {
      await this.fetchPinned(page.items, signal);
    }
    if (order !== 'lastUse') {
      return page;
    }
    const times = await lastRunTimes(this.options.store, page.items, signal);
    return { ...page, items: byLastUse(page.items, times) };
  }

  /** Pinned experiments stand first even when their page has not been read yet. */
  private async fetchPinned(listed: readonly Experiment[], signal: AbortSignal): Promise<void> {
    const known = new Set(listed.map(({ id }) => id));
    for (const id of this.choices.pinned.filter((pinned) => !known.has(pinned))) {
      try {
        const experiment = await this.options.store.getExperiment(id, signal);
        if (this.shown === 'deleted' || experiment.lifecycleStage === 'active') {
          this.extras.set(id, experiment);
        } else {
          this.extras.delete(id);
        }
      } catch (error) {
        // One that was taken away, or closed to this user, must not hide all the others.
        if (!(error instanceof MlflowError) || error.kind === 'unreachable') {
          throw error;
        }
        this.extras.delete(id);
      }
    }
  }
}
