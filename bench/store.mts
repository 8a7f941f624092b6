/**
 * What our store costs on top of the network: one page of runs of a 5,000-run experiment through
 * `RestStore`, directly and through the store worker, against a bare undici request and
 * `JSON.parse` of the same reply, interleaved in one run. Needs Node 24 and prints ratios.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent, request } from 'undici';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { root } from '../scripts/paths.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { runCommand } from '../scripts/runCommand.mts';
import { bundleStores } from './bundleStores.mts';

const runCount = 5000;
const never = new AbortController().signal;

async function bare(url: string, body: string, dispatcher: Agent): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const reply = await request(`${url}/api/2.0/mlflow/runs/search`, {
    method: 'POST',
    headers,
    body,
    dispatcher,
  });
  return JSON.parse(await reply.body.text());
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Milliseconds at p50 of each way, all ways taking turns. */
async function compare(
  ways: Readonly<Record<string, () => Promise<unknown>>>,
  rounds: number,
): Promise<Record<string, number>> {
  const times = Object.fromEntries(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, work] of rotated(Object.entries(ways), round)) {
      const elapsed = await time(work);
      if (round >= 0) {
        times[name]?.push(elapsed);
      }
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}

/** Nobody always goes first. */
function rotated<T>(items: readonly T[], by: number): T[] {
  const start = (by + items.length) % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

function report(what: string, times: Record<string, number>): void {
  const base = times['bare'] ?? NaN;
  for (const [name, milliseconds] of Object.entries(times)) {
    const ratio = (milliseconds / base).toFixed(3);
    const more = (milliseconds - base).toFixed(1);
    console.log(`${what}  ${name.padEnd(7)} ${milliseconds.toFixed(1)} ms  x${ratio}  +${more} ms`);
  }
}

const folder = await mkdtemp(path.join(tmpdir(), 'bench-store-'));
const python = await ensurePython('demo');
const server = await startMlflow({ python, directory: folder });
try {
  const script = path.join(root, 'bench', 'bulkRuns.py');
  const database = path.join(folder, 'mlflow.db');
  const printed = await runCommand(python, [script, database, String(runCount)]);
  const experimentIds = [printed.trim()];
  const { stores, workerFile } = await bundleStores(folder);
  const direct = stores.direct(server.url);
  const behind = stores.worker(server.url, workerFile);
  const store = behind.open();
  const agent = new Agent({ connections: 8, pipelining: 1 });
  for (const [maxResults, rounds] of [
    [100, 40],
    [1000, 8],
  ] as const) {
    const query = { experimentIds, view: 'active', maxResults } as const;
    const body = JSON.stringify({
      max_results: maxResults,
      experiment_ids: experimentIds,
      run_view_type: 'ACTIVE_ONLY',
    });
    const times = await compare(
      {
        bare: () => bare(server.url, body, agent),
        direct: () => direct.searchRuns(query, never),
        worker: () => store.searchRuns(query, never),
      },
      rounds,
    );
    report(`${maxResults} of ${runCount} runs`, times);
  }
  direct.dispose();
  behind.dispose();
  await agent.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
