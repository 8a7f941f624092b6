/**
 * What a look at a sweep of 10,000 combinations costs that is nearly done: on MLflow 3.17.2 with SQLite and one worker, through the store worker.
 * Prints the time, how long it held the extension host at once, and the memory that it leaves.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { root } from '../scripts/paths.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { runCommand } from '../scripts/runCommand.mts';
import { bundleSources } from './bundleSources.mts';
import { median } from './median.mts';

const count = 10_000;
const rounds = 3;
/** Milliseconds that anything may hold the extension host. */
const limit = 50;

interface Ours {
  open(uri: string, file: string): { look(isWhole: boolean): Promise<number>; dispose(): void };
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-sweep-'));
const python = await ensurePython('demo');
const server = await startMlflow({ python, directory: folder });
try {
  const script = path.join(root, 'bench', 'sweepSeed.py');
  const database = path.join(folder, 'mlflow.db');
  const parent = (await runCommand(python, [script, database, String(count)])).trim();
  const { exported, workerFile } = await bundleSources<Ours>(
    folder,
    () => `
      import { StoreWorker } from './src/stores/remoteStore';
      import { SweepView } from './src/projects/sweepView';
      import { survey } from './src/projects/schedule/survey';
      import { byCombination } from './src/projects/schedule/standing';
      import { SweepPlan } from './src/projects/plan/sweepPlan';
      import { readSweepText } from './src/projects/plan/readSweepText';
      const never = new AbortController().signal;
      const values = Array.from({ length: ${count} }, (_, n) => n).join(', ');
      const choice = { sample: undefined, leftOut: [], edits: [] };
      const plan = new SweepPlan(readSweepText('a: [' + values + ']').sweep, 1, choice);
      const rules = {
        metric: { name: 'loss', goal: 'minimize', target: undefined },
        ...{ mostOpen: 4, self: 'me', isAlive: () => true },
        ...{ hasVanished: () => false, isForgiven: () => false },
      };
      export const open = (uri, file) => {
        const worker = new StoreWorker(file, log);
        const store = worker.open({ uri });
        const view = new SweepView(store, { id: '${parent}', experimentId: '0' }, 'loss');
        return {
          async look(isWhole) {
            await view.look(isWhole, never);
            return survey(plan, byCombination(view.claims, view.children), rules).done;
          },
          dispose: () => worker.dispose(),
        };
      };`,
  );
  const before = process.memoryUsage().heapUsed;
  const sweep = exported.open(server.url, workerFile);
  await sweep.look(true);
  for (const [name, isWhole] of [
    ['all of it', true],
    ['what may have changed', false],
  ] as const) {
    const times: number[] = [];
    const held = monitorEventLoopDelay({ resolution: 1 });
    held.enable();
    for (let round = 0; round < rounds; round++) {
      const began = performance.now();
      const done = await sweep.look(isWhole);
      times.push(performance.now() - began);
      if (done !== count - 1) throw new Error(`${done} are done`);
    }
    held.disable();
    const longest = held.max / 1e6;
    console.log(
      `${name}: ${median(times).toFixed(0)} ms, held ${longest.toFixed(0)} ms at once at most (${limit} allowed)`,
    );
    if (longest > limit) process.exitCode = 1;
  }
  global.gc?.();
  const kept = (process.memoryUsage().heapUsed - before) / 1024 ** 2;
  console.log(`memory: ${kept.toFixed(0)} MB`);
  sweep.dispose();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
