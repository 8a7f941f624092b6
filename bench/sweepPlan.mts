/**
 * How long planning a sweep of 100,000 combinations takes: reading the file, then the values of every combination, in pieces as a page asks
 * for them. Prints the time, the processor's time, and the longest piece.
 */
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from './median.mts';

const limit = 200;
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
  random: `method: random\nrun_cap: 100000\nparameters:\n${parameters
    .map((name) => `  ${name}: {min: 0.0001, max: 1, distribution: log_uniform_values}\n`)
    .join('')}`,
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
      const began = performance.now();
      const usedBefore = process.cpuUsage();
      const choice = { sample: undefined, leftOut: [], edits: [] };
      const plan = new SweepPlan(readSweepText(text).sweep, 1, choice);
      let longestPiece = performance.now() - began;
      let characters = 0;
      for (let piece = 0; piece < pieces; piece++) {
        const from = performance.now();
        for (let n = piece * perPiece; n < (piece + 1) * perPiece; n++) {
          characters += plan.at(n).values.reduce((sum, [, value]) => sum + value.length, 0);
        }
        longestPiece = Math.max(longestPiece, performance.now() - from);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (plan.count !== 100_000 || characters === 0) throw new Error(`${name}: not 100,000`);
      const { user, system } = process.cpuUsage(usedBefore);
      used.push((user + system) / 1000);
      totals.push(performance.now() - began);
      longest.push(longestPiece);
    }
    const total = median(totals);
    const verdict = total <= limit ? 'ok' : `above ${limit} ms`;
    console.log(
      `${name}: ${total.toFixed(0)} ms (${median(used).toFixed(0)} ms of the processor), longest piece ${median(longest).toFixed(1)} ms, ${verdict}`,
    );
    if (total > limit) process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
