import type { RunPage } from '../../../src/protocol/runPage';
import { reasonOf } from '../../kit/announce';
import type { MetricRow } from './metricRows';

/** Least and greatest value of a metric; sampled ones may miss a peak. */
export interface Extremes {
  readonly min: number;
  readonly max: number;
  readonly isExact: boolean;
}

type Answer = RunPage['requests']['extremes']['result'];

/** So long nothing new may be wanted before it is asked for, in milliseconds. */
const restingTime = 120;
const mostAtOnce = 40;
/** Those that were wanted before these have been scrolled past. */
const mostWanted = 120;

/**
 * Asks for the extremes of those metrics that are looked at, some at a time, and again once a metric has a new point.
 * What was known stays until the new is there.
 */
export class ExtremesCache {
  private readonly known = new Map<string, { readonly of: string; readonly value: Extremes }>();
  private readonly wanted = new Map<string, string>();
  private readonly failed = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isAsking = false;
  private reading = 0;

  constructor(
    private readonly ask: (metrics: readonly string[]) => Promise<Answer>,
    private readonly onChange: () => void,
    private readonly onFailure: (sentence: string) => void,
  ) {}

  /** Lets those that failed be asked for again when the page reads another time. */
  follow(reading: number): void {
    if (reading !== this.reading) this.failed.clear();
    this.reading = reading;
  }

  /** What is known of a metric, which is asked for if it is not the latest. */
  get({ key, step, timestamp, value }: MetricRow): Extremes | undefined {
    const of = `${step} ${timestamp} ${value}`;
    const known = this.known.get(key);
    if (known?.of !== of && !this.failed.has(`${key} ${of}`)) {
      this.wanted.delete(key);
      this.wanted.set(key, of);
      if (this.wanted.size > mostWanted) this.wanted.delete([...this.wanted.keys()][0]!);
      this.rest();
    }
    return known?.value;
  }

  private rest(): void {
    if (this.isAsking) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.askNow(), restingTime);
  }

  private async askNow(): Promise<void> {
    const some = [...this.wanted].slice(-mostAtOnce);
    if (some.length === 0) return;
    this.isAsking = true;
    try {
      const { min, max, exact } = await this.ask(some.map(([key]) => key));
      some.forEach(([key, of], at) => {
        const value = { min: min[at]!, max: max[at]!, isExact: exact[at] === 1 };
        this.known.set(key, { of, value });
      });
    } catch (error) {
      some.forEach(([key, of]) => this.failed.add(`${key} ${of}`));
      this.onFailure(reasonOf(error));
    } finally {
      some.forEach(([key, of]) => this.wanted.get(key) === of && this.wanted.delete(key));
      this.isAsking = false;
      this.onChange();
      if (this.wanted.size > 0) this.rest();
    }
  }
}
