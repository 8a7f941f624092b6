/**
 * What a page does with a series of 1,000,000 points: laying it out, choosing points to draw, smoothing, writing it as
 * CSV. Prints medians; takes seconds.
 */
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from './median.mts';

type Axis = typeof import('../src/mlflow/series/axis.ts');
type Pyramids = typeof import('../src/mlflow/series/pyramid.ts');
type Smoothing = typeof import('../src/mlflow/series/smooth.ts');
type Csv = typeof import('../src/mlflow/series/historyCsv.ts');

const folder = await mkdtemp(path.join(tmpdir(), 'bench-series-'));
const load = async <T,>(name: string): Promise<T> => {
  const outfile = path.join(folder, `${name}.mjs`);
  const entry = path.join(import.meta.dirname, '..', 'src', 'mlflow', 'series', `${name}.ts`);
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm' });
  return (await import(pathToFileURL(outfile).href)) as T;
};

const measure = (what: string, work: (round: number) => unknown, rounds = 21): void => {
  const times = Array.from({ length: rounds }, (_, round) => {
    const start = performance.now();
    work(round);
    return performance.now() - start;
  });
  const worst = Math.max(...times.slice(1));
  console.log(`${what}: ${median(times).toFixed(2)} ms, at most ${worst.toFixed(2)} ms once warm`);
};

try {
  const { toCurve } = await load<Axis>('axis');
  const { Pyramid } = await load<Pyramids>('pyramid');
  const { smooth } = await load<Smoothing>('smooth');
  const { historyCsv } = await load<Csv>('historyCsv');
  const count = 1_000_000;
  const steps = Float64Array.from({ length: count }, (_, at) => at);
  const timestamps = steps.map((at) => 1.7e12 + at * 20);
  const values = steps.map((at) => Math.exp(-at / 3e5) + 0.1 * Math.sin(at * at));
  const series = { steps, timestamps, values };
  const shuffled = { steps: steps.map((at) => (at * 7919) % count), timestamps, values };
  const resumed = { steps: steps.map((at) => at % 250_000), timestamps, values };

  measure('curve by step', () => toCurve(series, { kind: 'step' }));
  measure('curve by relative time', () => toCurve(series, { kind: 'relative' }));
  measure('curve over another metric', () => toCurve(series, { kind: 'metric', of: series }), 5);
  measure('curve of four stretches', () => toCurve(resumed, { kind: 'step' }), 5);
  measure('curve of shuffled steps', () => toCurve(shuffled, { kind: 'step' }), 5);
  const curve = toCurve(series, { kind: 'step' });
  measure('pyramid', () => new Pyramid(curve));
  const pyramid = new Pyramid(curve);
  measure('sample of 1,000 columns, whole', () => pyramid.sample(0, count, 1000));
  measure('sample of 1,000 columns, log', () => pyramid.sample(1, count, 1000, 'log'));
  const zoom = (round: number): Uint32Array =>
    pyramid.sample(round * 900, count / 2 + round * 999, 1000);
  measure('sample of 1,000 columns, zoomed', zoom, 500);
  measure('smoothing', () => smooth(values, 60));
  const csv = historyCsv([{ run: 'calm-elk', runId: '0'.repeat(32), metric: 'loss', series }]);
  const pieces: number[] = [];
  for (let start = performance.now(); !csv.next().done; start = performance.now()) {
    pieces.push(performance.now() - start);
  }
  const total = pieces.reduce((sum, time) => sum + time, 0);
  const longest = Math.max(...pieces);
  console.log(`CSV: ${total.toFixed(0)} ms in all, longest piece ${longest.toFixed(1)} ms`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
