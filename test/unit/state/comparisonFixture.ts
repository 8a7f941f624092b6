import assert from 'node:assert/strict';
import { keyOf, type ComparedEntry, type ComparedPlace } from '../../../src/state/comparedRuns';
import { Comparison } from '../../../src/state/comparison';
import { Sessions } from '../../../src/state/sessions';
import { anExperiment, FakeStore, someServer } from '../../support/fakeStore';
import { MemoryInMemory } from './memoryInMemory';

/** A run of connection `a`, unless another one is named. */
export const at = (runId: string, connection = 'a', experimentId = '1'): ComparedPlace => ({
  connection,
  experimentId,
  runId,
});

export const key = (runId: string, connection = 'a'): string => keyOf(at(runId, connection));

/** Resolves once what was begun has come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A comparison of runs of two servers, `a` and `b`, in memory. */
export class ComparisonFixture {
  readonly sessions: Sessions;
  readonly told: ComparedEntry[] = [];
  /** Whether the stores tell when they have changed. */
  watching = false;
  private readonly stores = new Map(['a', 'b'].map((id) => [id, newStore()]));
  private current: Comparison | undefined;

  constructor() {
    this.sessions = new Sessions({
      findEndpoints: () =>
        Promise.resolve(
          [...this.stores].map(([id, store]) => ({
            id,
            name: `http://${id}`,
            open: () =>
              Promise.resolve({
                name: id,
                store,
                registry: store,
                info: { ...someServer, can: { ...someServer.can, watching: this.watching } },
                isLost: () => false,
                dispose: () => store.dispose(),
              }),
          })),
        ),
      memory: new MemoryInMemory(),
      pageSize: () => 100,
      refreshInterval: () => 10,
    });
  }

  get comparison(): Comparison {
    assert.ok(this.current);
    return this.current;
  }

  storeOf(id = 'a'): FakeStore {
    const store = this.stores.get(id);
    assert.ok(store);
    return store;
  }

  /** Compares these in sight of somebody. */
  compare(...places: readonly ComparedPlace[]): Comparison {
    const { sessions } = this;
    this.current = new Comparison({ sessions, places, refreshInterval: () => 10 });
    this.current.onDidRead((entries) => this.told.push(...entries));
    this.current.setVisible(true);
    return this.current;
  }

  dispose(): void {
    this.current?.dispose();
    this.sessions.dispose();
  }
}

function newStore(): FakeStore {
  const store = new FakeStore();
  store.experiments = [anExperiment('1'), anExperiment('2')];
  return store;
}
