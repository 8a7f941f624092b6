import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { runColorIndex } from '../mlflow/runFacts';
import type { Memory } from './memory';

const memoryKey = 'runColors';
/** So many runs are remembered, those that were compared last. */
const mostRemembered = 2000;

/**
 * Which of the run colors each run has, the same in the view, in tables and in charts. A run has the one that its id
 * falls on until it is compared: then all compared runs get different ones, as far as there are, and keep them.
 */
export class RunColors implements Disposable {
  private chosen: Map<string, number> | undefined;
  private readonly changes = new EventSource<ReadonlySet<string>>();

  /** Runs, by their ids, have another color than before. */
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly memory: Memory,
    /** How many colors there are. */
    private readonly count: number,
  ) {}

  /** The color of a run, from 0. */
  of(runId: string): number {
    return this.known.get(runId) ?? runColorIndex(runId, this.count);
  }

  /**
   * Makes the colors of these runs as different as can be: of those that share one, the first that was compared
   * before keeps it, else the first. Where there are more runs than colors, each color is shared by equally many.
   *
   * @param beside runs that are compared elsewhere at the same time: a new color differs from those of the others there
   */
  distinguish(runIds: readonly string[], beside: readonly (readonly string[])[] = []): void {
    const before = new Map(runIds.map((id) => [id, this.of(id)]));
    const after = this.assigned(runIds, beside);
    const changed = runIds.filter((id) => before.get(id) !== after.get(id));
    const { known } = this;
    for (const [id, color] of after) {
      known.delete(id);
      known.set(id, color);
    }
    this.chosen = new Map([...known].slice(-mostRemembered));
    void this.memory.update(memoryKey, [...this.chosen]);
    if (changed.length > 0) {
      this.changes.fire(new Set(changed));
    }
  }

  dispose(): void {
    this.changes.dispose();
  }

  private assigned(
    runIds: readonly string[],
    beside: readonly (readonly string[])[],
  ): ReadonlyMap<string, number> {
    const { known } = this;
    const assigned = new Map<string, number>();
    const uses = new Array<number>(this.count).fill(0);
    const most = Math.ceil(runIds.length / this.count);
    const give = (id: string, color: number): void => {
      assigned.set(id, color);
      uses[color] = (uses[color] ?? 0) + 1;
    };
    const firstCompared = runIds.filter((id) => known.has(id));
    for (const id of [...firstCompared, ...runIds]) {
      const color = this.of(id);
      if (!assigned.has(id) && (uses[color] ?? 0) < most) {
        give(id, color);
      }
    }
    for (const id of runIds.filter((each) => !assigned.has(each))) {
      const elsewhere = new Set(
        beside
          .filter((ids) => ids.includes(id))
          .flatMap((ids) => ids.map((other) => this.of(other))),
      );
      const fewest = Math.min(...uses);
      const free = uses.findIndex((count, color) => count === fewest && !elsewhere.has(color));
      give(id, free < 0 ? uses.indexOf(fewest) : free);
    }
    return new Map(runIds.map((id) => [id, assigned.get(id) ?? 0]));
  }

  private get known(): Map<string, number> {
    this.chosen ??= decode(this.memory.get(memoryKey), this.count);
    return this.chosen;
  }
}

function decode(stored: unknown, count: number): Map<string, number> {
  const entries = Array.isArray(stored) ? (stored as readonly unknown[]) : [];
  return new Map(
    entries.filter(isEntry).filter(([, color]) => Number.isInteger(color) && color < count),
  );
}

function isEntry(entry: unknown): entry is readonly [string, number] {
  return (
    Array.isArray(entry) &&
    typeof entry[0] === 'string' &&
    typeof entry[1] === 'number' &&
    entry[1] >= 0
  );
}
