import type { MetricPoint } from '../../mlflow/model';
import { LatestPoint } from './latestPoint';
import { readPythonFloat, readPythonInt } from './pythonNumbers';

/** The latest point for each dataset that a logged model was measured on, and without one. */
export interface ModelMetric {
  readonly points: readonly Omit<MetricPoint, 'key'>[];
  readonly brokenLines: number;
}

/**
 * Reads the metric file of a logged model: `timestamp value step run`, and with a dataset its name and digest
 * (`FileStore._get_model_metric_from_line`).
 */
export function latestOfEachDataset(text: string): ModelMetric {
  const latest = new Map<string, LatestPoint>();
  let brokenLines = 0;
  for (const line of text.split('\n')) {
    const fields = line.trim().split(' ');
    const timestamp = readPythonInt(fields[0] ?? '');
    const value = readPythonFloat(fields[1] ?? '');
    const step = readPythonInt(fields[2] ?? '');
    if (fields.length === 1 && fields[0] === '') {
      continue;
    }
    const isWhole = timestamp !== undefined && value !== undefined && step !== undefined;
    if (!isWhole || (fields.length !== 4 && fields.length !== 6)) {
      brokenLines++;
      continue;
    }
    const dataset = fields.slice(4).join(' ');
    const known = latest.get(dataset) ?? new LatestPoint();
    known.point(step, Number(timestamp), value);
    latest.set(dataset, known);
  }
  const points = [...latest.values()].flatMap(({ best }) => best ?? []);
  return { points, brokenLines };
}
