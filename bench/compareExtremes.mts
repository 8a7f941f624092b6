import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../scripts/paths.mts';

type Pyramids = typeof import('../src/mlflow/series/pyramid.ts');

const count = 1_000_000;
const columns = 800;
const zooms = 1_000;

/** Prints how many of the highest and lowest points of all columns are drawn, at a thousand random zooms of a million points. */
export async function countExtremes(folder: string): Promise<void> {
  const outfile = path.join(folder, 'pyramid.mjs');
  const entry = path.join(root, 'src', 'mlflow', 'series', 'pyramid.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm' });
  const { Pyramid } = (await import(pathToFileURL(outfile).href)) as Pyramids;
  const x = Float64Array.from({ length: count }, (_, at) => at);
  const y = x.map((at) => Math.exp(-at / 3e5) + 0.1 * Math.sin(at * at));
  for (const spike of [0.1003, 0.27771, 0.499991, 0.73331, 0.912347]) y[spike * count] = 5;
  const pyramid = new Pyramid({ x, y, source: Uint32Array.from(x) });
  let there = 0;
  let kept = 0;
  for (let zoom = 0; zoom < zooms; zoom++) {
    // A fixed walk over all sizes from a few columns' worth of points to everything.
    const size = Math.floor(count ** (0.6 + (0.4 * ((zoom * 7919) % zooms)) / zooms));
    const from = ((zoom * 104_729) % zooms) * ((count - size) / zooms);
    const to = from + size;
    const drawn = new Set(pyramid.sample(from, to, columns));
    for (const place of extremesOf(y, from, to)) {
      there++;
      if (drawn.has(place)) kept++;
    }
  }
  console.log(`${kept} of ${there} extremes of columns are drawn at ${zooms} zooms`);
}

/** Found the plain way; the first of equal ones. */
function extremesOf(y: Float64Array, from: number, to: number): number[] {
  const found: number[] = [];
  let at = Math.ceil(from);
  for (let column = 1; column <= columns; column++) {
    const edge = from * (1 - column / columns) + to * (column / columns);
    const end = column === columns ? Math.floor(to) + 1 : Math.ceil(edge);
    let [low, high] = [at, at];
    const start = at;
    for (; at < end; at++) {
      if (y[at]! < y[low]!) low = at;
      if (y[at]! > y[high]!) high = at;
    }
    if (at > start) found.push(low, high);
  }
  return found;
}
