/**
 * How long planning a sweep of 100,000 combinations takes: reading the file, then the values of every combination, in pieces as a page asks
 * for them. Prints the time, the processor's time, and how long the event loop was held at most.
 */
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { median } from './median.mts';

const limit = 200;
/** Milliseconds that anything may hold the extension host. */
const heldLimit = 50;
const rounds = 7;
const pieces = 100;
const perPiece = 1000;

type Module = {
  readSweepText: (text: string) => { sweep: unknown };
  SweepPlan: new (
    sweep: unknown,
    seed: number,
    choice: object,
  ) => {
    count: number;
    at(number: number): { values: readonly (readonly [string, string])[] };
  };
};

const values = Array.from({ length: 10 }, (_, n) => `0.${n}1`).join(', ');
const parameters = ['a', 'b', 'c', 'd', 'e'];
const texts = {
  grid: parameters.map((name) => `${name}: [${values}]\n`).join(''),
  random: `method: random
run_cap: 100000
parameters:
  rate: {min: 0.0001, max: 1, distribution: log_uniform_values}
  dropout: {min: 0.0, max: 0.5}
  depth: {min: 1, max: 32}
  batch: {values: [16, 32, 64, 128]}
  optimizer: {values: [sgd, adam, adamw]}
`,
};

const folder = await mkdtemp(path.join(tmpdir(), 'sweep-plan-'));
try {
  const outfile = path.join(folder, 'plan.cjs');
  const contents =
    "export { readSweepText } from './src/projects/plan/readSweepText';\n" +
    "export { SweepPlan } from './src/projects/plan/sweepPlan';\n";
  const shared = { bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' } as const;
  await build({ ...shared, stdin: { contents, resolveDir: process.cwd() }, outfile });
  const { readSweepText, SweepPlan } = (await import(pathToFileURL(outfile).href)) as Module;
  for (const [name, text] of Object.entries(texts)) {
    const totals: number[] = [];
    const used: number[] = [];
    const longest: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const held = monitorEventLoopDelay({ resolution: 1 });
      held.enable();
      await new Promise((resolve) => setTimeout(resolve, 5));
      held.reset();
      const began = performance.now();
      const usedBefore = process.cpuUsage();
      const choice = { sample: undefined, leftOut: [], edits: [] };
      const plan = new SweepPlan(readSweepText(text).sweep, 1, choice);
      await new Promise((resolve) => setImmediate(resolve));
      let characters = 0;
      for (let piece = 0; piece < pieces; piece++) {
        for (let n = piece * perPiece; n < (piece + 1) * perPiece; n++) {
          characters += plan.at(n).values.reduce((sum, [, value]) => sum + value.length, 0);
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (plan.count !== 100_000 || characters === 0) throw new Error(`${name}: not 100,000`);
      const { user, system } = process.cpuUsage(usedBefore);
      used.push((user + system) / 1000);
      totals.push(performance.now() - began);
      held.disable();
      longest.push(held.max / 1e6);
    }
    const total = median(totals);
    const isGood = total <= limit && median(longest) <= heldLimit;
    const verdict = isGood ? 'ok' : `above ${limit} ms, or ${heldLimit} ms at once`;
    console.log(
      `${name}: ${total.toFixed(0)} ms (${median(used).toFixed(0)} ms of the processor), held for ${median(longest).toFixed(1)} ms at once, ${verdict}`,
    );
    if (!isGood) process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
