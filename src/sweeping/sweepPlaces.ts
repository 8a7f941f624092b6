import { sweepsKey } from '../ids';
import type { Memory } from '../state/memory';

/** A sweep that is worked on in this workspace, as it is remembered for the case that the window closes. */
export interface RememberedSweep {
  /** Id of its session. */
  readonly connection: string;
  readonly experimentId: string;
  readonly parentRunId: string;
  readonly fileName: string;
}

/** Sweeps that go on, kept beyond the window. */
export class SweepPlaces {
  constructor(private readonly memory: Memory) {}

  get all(): readonly RememberedSweep[] {
    const value = this.memory.get(sweepsKey);
    return Array.isArray(value) ? (value as readonly RememberedSweep[]) : [];
  }

  async add(sweep: RememberedSweep): Promise<void> {
    await this.memory.update(sweepsKey, [...this.without(sweep.parentRunId), sweep]);
  }

  async remove(parentRunId: string): Promise<void> {
    const left = this.without(parentRunId);
    // Where none is left, nothing of this is read when the window opens.
    await this.memory.update(sweepsKey, left.length === 0 ? undefined : left);
  }

  private without(parentRunId: string): readonly RememberedSweep[] {
    return this.all.filter((each) => each.parentRunId !== parentRunId);
  }
}
