import assert from 'node:assert/strict';
import type { Run } from '../../../src/mlflow/model';
import { ExperimentRuns } from '../../../src/state/experimentRuns';
import { everyRun, type RunSelection } from '../../../src/state/runSelection';
import { FakeStore } from '../../support/fakeStore';

export interface RunsOptions {
  readonly pageSize?: number;
  readonly selection?: Partial<RunSelection>;
  readonly lifecycle?: 'active' | 'deleted';
}

/** The runs of experiment `1` of a store in memory. */
export class RunsFixture {
  readonly store = new FakeStore();
  /** How often the list said that it changed. */
  changes = 0;
  /** Ids of runs whose end somebody asked to be told. */
  readonly watched = new Set<string>();

  /** Fills the store with runs that started one after the other, newest first. */
  inOrder(...runs: readonly Run[]): void {
    this.store.runs = runs.map((run, index) => ({ ...run, startTime: 1_000_000 - index }));
  }

  runsOf(options: RunsOptions = {}): ExperimentRuns {
    return new ExperimentRuns({
      store: this.store,
      experimentId: '1',
      selection: { ...everyRun, ...options.selection },
      lifecycle: options.lifecycle ?? 'active',
      pageSize: options.pageSize ?? 100,
      onChange: () => this.changes++,
      isWatched: (id) => this.watched.has(id),
    });
  }

  /** The runs with their first page read. */
  async loaded(options: RunsOptions = {}): Promise<ExperimentRuns> {
    const runs = this.runsOf(options);
    await runs.list.ensure();
    assert.equal(runs.list.error, undefined);
    return runs;
  }
}

/** What the tree would show, e.g. `a(b c)`; placeholders in brackets. */
export function drawn(runs: ExperimentRuns): string {
  const draw = (ids: readonly string[]): string =>
    ids
      .map((id) => {
        const name = runs.isPlaceholder(id) ? `[${id}]` : id;
        const children = runs.childIds(id);
        return children.length === 0 ? name : `${name}(${draw(children)})`;
      })
      .join(' ');
  return draw(runs.forest.roots);
}
