import type { MetricHistory, Step } from '../../mlflow/model';
import { sortedOrder } from './sortedOrder';

type Order = (a: number, b: number) => number;

/** Points of a series as they come, in columns that grow. */
export class PointList {
  count = 0;
  private steps = new Float64Array(1024);
  private timestamps = new Float64Array(1024);
  private values = new Float64Array(1024);
  /** Steps that a double cannot hold, by index. */
  private readonly exact = new Map<number, bigint>();
  private inOrder = true;
  private lastStep: Step = -Infinity;

  add(step: Step, timestamp: number, value: number): void {
    const index = this.count++;
    if (index === this.steps.length) {
      this.steps = grown(this.steps);
      this.timestamps = grown(this.timestamps);
      this.values = grown(this.values);
    }
    if (typeof step === 'bigint') {
      this.exact.set(index, step);
    }
    this.steps[index] = Number(step);
    this.timestamps[index] = timestamp;
    this.values[index] = value;
    this.inOrder &&= step > this.lastStep || index === 0 || this.byStep(index - 1, index) <= 0;
    this.lastStep = step;
  }

  private async cut(most: number, signal: AbortSignal): Promise<PointList> {
    const kept = new PointList();
    const order = await sortedOrder(
      this.count,
      (a, b) => this.at(this.timestamps, a) - this.at(this.timestamps, b) || this.byStep(a, b),
      signal,
    );
    for (const index of order.subarray(0, most)) {
      kept.add(this.stepAt(index), this.at(this.timestamps, index), this.at(this.values, index));
    }
    return kept;
  }

  /**
   * By step, then timestamp, then value. More than `most` points are cut where MLflow would cut them, which hands
   * them out by timestamp, then step, then value.
   */
  async toHistory(key: string, most: number, signal: AbortSignal): Promise<MetricHistory> {
    if (this.count > most) {
      const kept = await this.cut(most, signal);
      return { ...(await kept.toHistory(key, most, signal)), complete: false };
    }
    const order = this.inOrder ? undefined : await sortedOrder(this.count, this.byStep, signal);
    return {
      key,
      steps: this.column(this.steps, order),
      exactSteps: this.exact.size === 0 ? undefined : this.exactSteps(order),
      timestamps: this.column(this.timestamps, order),
      values: this.column(this.values, order),
      complete: true,
    };
  }

  private readonly byStep: Order = (a, b) => {
    const left = this.stepAt(a);
    const right = this.stepAt(b);
    return left === right ? this.byTime(a, b) : left < right ? -1 : 1;
  };

  private byTime(a: number, b: number): number {
    return (
      this.at(this.timestamps, a) - this.at(this.timestamps, b) ||
      stored(this.at(this.values, a)) - stored(this.at(this.values, b)) ||
      0
    );
  }

  private stepAt(index: number): Step {
    const step = this.at(this.steps, index);
    return this.exact.size === 0 ? step : (this.exact.get(index) ?? step);
  }

  private at(column: Float64Array, index: number): number {
    return column[index] ?? NaN;
  }

  private column(from: Float64Array, order: Uint32Array | undefined): Float64Array {
    return order === undefined
      ? from.slice(0, this.count)
      : Float64Array.from(order, (index) => this.at(from, index));
  }

  private exactSteps(order: Uint32Array | undefined): BigInt64Array {
    return BigInt64Array.from({ length: this.count }, (_, index) =>
      BigInt(this.stepAt(order?.[index] ?? index)),
    );
  }
}

/** As a database sorts it, where NaN is written as 0. */
function stored(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

function grown(column: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}
