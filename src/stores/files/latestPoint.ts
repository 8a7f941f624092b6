import type { MetricPoint, Step } from '../../mlflow/model';
import type { MetricSink } from './metricLines';

/** The point of the highest step, then timestamp, then value, as `FileStore._get_metric_from_file` picks it. */
export class LatestPoint implements MetricSink {
  best: Omit<MetricPoint, 'key'> | undefined;
  brokenLines = 0;

  point(step: Step, timestamp: number, value: number): boolean {
    const { best } = this;
    if (best === undefined || isLater(step, timestamp, value, best)) {
      this.best = { step, timestamp, value };
    }
    return true;
  }

  broken(): void {
    this.brokenLines++;
  }
}

/** NaN is never greater: of equal step and timestamp the first stays, as in Python's `max`. */
function isLater(
  step: Step,
  timestamp: number,
  value: number,
  best: Omit<MetricPoint, 'key'>,
): boolean {
  if (step !== best.step) return step > best.step;
  return timestamp === best.timestamp ? value > best.value : timestamp > best.timestamp;
}
