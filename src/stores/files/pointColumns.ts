import type { MetricHistory, Step } from '../../mlflow/model';
import type { MetricSink } from './metricLines';
import { sortedOrder } from '../series/sortedOrder';

/** Points as they come, in columns that grow. */
export class PointColumns implements MetricSink {
  private steps: Float64Array;
  private timestamps: Float64Array;
  private values: Float64Array;
  /** Steps that a double cannot hold, by index. */
  private readonly exact = new Map<number, bigint>();
  private isSorted = true;
  private lastStep = -Infinity;
  private lastTimestamp = -Infinity;
  count = 0;
  brokenLines = 0;
  isCut = false;

  constructor(
    private readonly maxPoints: number,
    capacity: number,
  ) {
    const size = Math.min(maxPoints, capacity);
    this.steps = new Float64Array(size);
    this.timestamps = new Float64Array(size);
    this.values = new Float64Array(size);
  }

  point(step: Step, timestamp: number, value: number): boolean {
    const index = this.count;
    if (index >= this.maxPoints) {
      this.isCut = true;
      return false;
    }
    if (index >= this.steps.length) this.reserve(index * 1.5 + 64);
    const number = Number(step);
    if (typeof step === 'bigint') this.exact.set(index, step);
    if (number < this.lastStep || (number === this.lastStep && timestamp < this.lastTimestamp)) {
      this.isSorted = false;
    }
    this.lastStep = number;
    this.lastTimestamp = timestamp;
    this.steps[index] = number;
    this.timestamps[index] = timestamp;
    this.values[index] = value;
    this.count++;
    return true;
  }

  broken(): void {
    this.brokenLines++;
  }

  /** Makes room for about so many points. */
  reserve(count: number): void {
    const size = Math.min(this.maxPoints, Math.ceil(count));
    if (size > this.steps.length) {
      this.steps = grown(this.steps, size);
      this.timestamps = grown(this.timestamps, size);
      this.values = grown(this.values, size);
    }
  }

  /** The points by step, then timestamp; as they came where both are equal. The columns are the caller's then. */
  async history(key: string, signal: AbortSignal): Promise<MetricHistory> {
    const order =
      this.isSorted && this.exact.size === 0
        ? undefined
        : await sortedOrder(this.count, (a, b) => this.compare(a, b), signal);
    return {
      key,
      steps: this.column(this.steps, order),
      exactSteps: this.exact.size > 0 ? this.exactColumn(order) : undefined,
      timestamps: this.column(this.timestamps, order),
      values: this.column(this.values, order),
      complete: !this.isCut,
    };
  }

  private compare(a: number, b: number): number {
    const left = this.stepAt(a);
    const right = this.stepAt(b);
    if (left !== right) return left < right ? -1 : 1;
    return (this.timestamps[a] ?? 0) - (this.timestamps[b] ?? 0);
  }

  private stepAt(index: number): Step {
    const step = this.steps[index] ?? 0;
    return this.exact.size === 0 ? step : (this.exact.get(index) ?? step);
  }

  private column(from: Float64Array, order: Uint32Array | undefined): Float64Array {
    if (order === undefined) {
      return this.count === from.length ? from : from.slice(0, this.count);
    }
    return Float64Array.from(order, (index) => from[index] ?? NaN);
  }

  private exactColumn(order: Uint32Array | undefined): BigInt64Array {
    const column = new BigInt64Array(this.count);
    for (let at = 0; at < this.count; at++) {
      column[at] = BigInt(this.stepAt(order === undefined ? at : (order[at] ?? 0)));
    }
    return column;
  }
}

function grown(column: Float64Array, size: number): Float64Array {
  const larger = new Float64Array(size);
  larger.set(column);
  return larger;
}
