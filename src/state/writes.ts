import { EventSource } from '../base/event';
import { quoteValue } from '../mlflow/filterText';
import type { Experiment, LifecycleStage, Run, Tag } from '../mlflow/model';
import type { RunThing, Thing } from '../mlflow/thing';
import type { TrackingStore } from '../mlflow/trackingStore';
import { inBulk, type BulkOptions, type BulkResult } from './bulk';
import type { Experiments } from './experiments';

/** What whoever waits has in hand. */
export type BulkControl = Pick<BulkOptions<unknown>, 'signal' | 'onProgress'>;

/** What was deleted by one command. */
export interface Deletion {
  readonly things: readonly Thing[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** So often, in milliseconds, the rows follow while many things are changed. */
const drawingInterval = 500;
const runsPerPage = 1000;
/** A change that has begun ends by itself. */
const never = new AbortController().signal;

/** Changes the experiments and runs of one connection, and shows at once what came of it. */
export class Writes {
  private readonly changes = new EventSource<void>();
  /** Runs that had been deleted before their experiment was: restoring that brings them back, too. */
  private readonly deletedBefore = new Map<string, readonly string[]>();
  /** Experiments that are back, while some of those runs still have to be deleted again. */
  private readonly halfRestored = new Set<string>();
  private deletion: Deletion | undefined;

  /** What {@link lastDeletion} is was changed. */
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly store: TrackingStore,
    private readonly experiments: Experiments,
  ) {}

  /** What an Undo would restore. */
  get lastDeletion(): Deletion | undefined {
    return this.deletion;
  }

  /** Reads a thing anew, to change it on top of what it is now. */
  now({ kind, id }: Pick<Thing, 'kind' | 'id'>): Promise<Run | Experiment> {
    return kind === 'run' ? this.store.getRun(id, never) : this.store.getExperiment(id, never);
  }

  /** The experiment that holds a name, deleted or not. */
  async experimentNamed(name: string): Promise<Experiment | undefined> {
    const filter = `name = ${quoteValue(name)}`;
    const query = { view: 'all', filter, maxResults: 10 } as const;
    const { items } = await this.store.searchExperiments(query, never);
    // Some databases take names for the same that differ in case.
    const held = items.filter((one) => one.name.toLowerCase() === name.toLowerCase());
    return held.find((one) => one.name === name) ?? held[0];
  }

  /** Resolves to the id once the experiment is shown. */
  async createExperiment(name: string): Promise<string> {
    const id = await this.store.createExperiment(name, never);
    await this.experiments.include([id], never);
    return id;
  }

  async renameExperiment(id: string, name: string): Promise<void> {
    await this.store.renameExperiment(id, name, never);
    this.experiments.apply(id, { name });
  }

  async setExperimentTag(id: string, key: string, value: string): Promise<void> {
    await this.store.setExperimentTag(id, key, value, never);
    const tags = this.experiments.experiment(id)?.tags ?? [];
    this.experiments.apply(id, { tags: withTag(tags, key, value) });
  }

  async renameRun(run: RunThing, name: string): Promise<void> {
    await this.store.renameRun(run.id, name, never);
    await this.applyToRuns([run], (now) => ({ ...now, name }));
  }

  async setRunTag(
    runs: readonly RunThing[],
    key: string,
    value: string,
    control: BulkControl,
  ): Promise<BulkResult<RunThing>> {
    return this.drawing(
      { ...control, items: runs, work: ({ id }) => this.store.setRunTag(id, key, value, never) },
      (done) =>
        this.applyToRuns(done, (run) => ({
          ...run,
          name: key === 'mlflow.runName' ? value || run.name : run.name,
          tags: withTag(run.tags, key, value),
        })),
    );
  }

  async removeRunTag(run: RunThing, key: string): Promise<void> {
    await this.store.deleteRunTag(run.id, key, never);
    await this.applyToRuns([run], (now) => ({
      ...now,
      tags: now.tags.filter((tag) => tag.key !== key),
    }));
  }

  /**
   * Deletes things, children of deleted runs not among them.
   *
   * @param before things deleted shortly before, which one Undo is to bring back together with these
   */
  async delete(
    things: readonly Thing[],
    control: BulkControl,
    before: readonly Thing[] = [],
  ): Promise<BulkResult<Thing>> {
    const work = (thing: Thing): Promise<void> =>
      thing.kind === 'run'
        ? this.store.deleteRun(thing.id, never)
        : this.deleteExperiment(thing.id);
    const result = await this.drawing({ ...control, items: things, work }, (done) =>
      this.applyStage(done, 'deleted'),
    );
    if (result.done.length > 0) {
      this.remember([...before, ...result.done]);
    }
    return result;
  }

  /** Restores things; an experiment's runs come with it. */
  async restore(things: readonly Thing[], control: BulkControl): Promise<BulkResult<Thing>> {
    const work = (thing: Thing): Promise<void> =>
      thing.kind === 'run'
        ? this.store.restoreRun(thing.id, never)
        : this.restoreExperiment(thing.id);
    const result = await this.drawing({ ...control, items: things, work }, (done) =>
      this.applyStage(done, 'active'),
    );
    const restored = new Set(result.done.map(({ id }) => id));
    const left = this.deletion?.things.filter(({ id }) => !restored.has(id)) ?? [];
    if (left.length < (this.deletion?.things.length ?? 0)) {
      this.remember(left);
    }
    return result;
  }

  private remember(things: readonly Thing[]): void {
    this.deletion = things.length === 0 ? undefined : { things, at: Date.now() };
    this.changes.fire();
  }

  private async deleteExperiment(id: string): Promise<void> {
    const ids: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await this.store.searchRuns(
        { experimentIds: [id], view: 'deleted', maxResults: runsPerPage, pageToken },
        never,
      );
      ids.push(...page.items.map((run) => run.id));
      pageToken = page.items.length === 0 ? undefined : page.nextPageToken;
    } while (pageToken !== undefined);
    await this.store.deleteExperiment(id, never);
    this.deletedBefore.set(id, ids);
    this.halfRestored.delete(id);
  }

  /** Rejects, to be tried again, when runs came back that had been deleted before. */
  private async restoreExperiment(id: string): Promise<void> {
    if (!this.halfRestored.has(id)) {
      await this.store.restoreExperiment(id, never);
      this.halfRestored.add(id);
    }
    const work = (run: string): Promise<void> => this.store.deleteRun(run, never);
    const items = this.deletedBefore.get(id) ?? [];
    const { failed, left } = await inBulk({ items, work, signal: never });
    if (failed[0] !== undefined) {
      this.deletedBefore.set(id, [...failed.map(({ item }) => item), ...left]);
      throw failed[0].error;
    }
    this.halfRestored.delete(id);
    this.deletedBefore.delete(id);
  }

  /** Works in bulk, and shows what is done from time to time and at the end. */
  private async drawing<T extends Thing>(
    options: BulkOptions<T>,
    draw: (done: readonly T[]) => Promise<void>,
  ): Promise<BulkResult<T>> {
    let undrawn: T[] = [];
    let drawnAt = Date.now();
    let drawing: Promise<void> | undefined;
    const drawNow = async (): Promise<void> => {
      const batch = undrawn;
      undrawn = [];
      await draw(batch);
      drawnAt = Date.now();
      drawing = undefined;
    };
    const result = await inBulk<T>({
      ...options,
      permissionOf,
      work: async (item) => {
        await options.work(item);
        undrawn.push(item);
      },
      onProgress: (ended) => {
        options.onProgress?.(ended);
        if (drawing === undefined && Date.now() - drawnAt > drawingInterval) {
          drawing = drawNow();
        }
      },
    });
    await drawing;
    if (undrawn.length > 0) {
      await drawNow();
    }
    return result;
  }

  private async applyStage(things: readonly Thing[], stage: LifecycleStage): Promise<void> {
    const runs = things.filter((thing) => thing.kind === 'run');
    await this.applyToRuns(runs, (run) => ({ ...run, lifecycleStage: stage }));
    const experiments = things.filter((thing) => thing.kind === 'experiment');
    const missing = experiments.filter(({ id }) => this.experiments.experiment(id) === undefined);
    experiments.forEach(({ id }) => this.experiments.apply(id, { lifecycleStage: stage }));
    if (stage === 'active' && missing.length > 0) {
      await this.experiments.include(
        missing.map(({ id }) => id),
        never,
      );
    }
  }

  private async applyToRuns(runs: readonly RunThing[], change: (run: Run) => Run): Promise<void> {
    for (const experimentId of new Set(runs.map((run) => run.experimentId))) {
      const ids = runs.filter((run) => run.experimentId === experimentId).map(({ id }) => id);
      await this.experiments.applyToRuns(experimentId, ids, change);
    }
  }
}

/** MLflow lets a user change an experiment and its runs, or neither. */
function permissionOf(thing: Thing): string {
  return thing.kind === 'run' ? thing.experimentId : thing.id;
}

function withTag(tags: readonly Tag[], key: string, value: string): readonly Tag[] {
  const at = tags.findIndex((tag) => tag.key === key);
  return at < 0 ? [...tags, { key, value }] : tags.with(at, { key, value });
}
