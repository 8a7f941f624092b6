import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Agent, request } from 'undici';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { ask } from './againstServer.mts';
import { median } from './median.mts';

const never = new AbortController().signal;
const counts = [
  { count: 10_000, rounds: 11 },
  { count: 100_000, rounds: 3 },
];

type Worker = ReturnType<import('./bundleStores.mts').Stores['worker']>;

interface Made {
  readonly run: { readonly info: { readonly run_id: string; readonly artifact_uri: string } };
}

/** Prints how long large folders of a run take to be listed. */
export async function measureListings(
  folder: string,
  openWorker: (uri: string) => Worker,
): Promise<void> {
  const directory = path.join(folder, 'server');
  const server = await startMlflow({ python: await ensurePython('demo'), directory });
  const worker = openWorker(server.url);
  const agent = new Agent();
  try {
    const { run } = await ask<Made>(`${server.url}/api/2.0/mlflow/runs/create`, {
      experiment_id: '0',
      start_time: 0,
    });
    const { run_id: runId, artifact_uri: uri } = run.info;
    const owner = { kind: 'run', runId } as const;
    const store = worker.open();
    for (const { count, rounds } of counts) {
      const name = `of ${count}`;
      const inner = uri.replace(/^mlflow-artifacts:\//, '');
      await fill(path.join(directory, 'artifacts', inner, name), count);
      const ways = {
        bare: async () => {
          const query = new URLSearchParams({ run_id: runId, path: name });
          const where = `${server.url}/api/2.0/mlflow/artifacts/list?${String(query)}`;
          const { body } = await request(where, { dispatcher: agent });
          return (JSON.parse(await body.text()) as { files: unknown[] }).files.length;
        },
        ours: async () => (await store.listArtifacts(owner, name, never)).files.length,
      };
      await compare(name, ways, count, rounds);
    }
  } finally {
    worker.dispose();
    await agent.close();
    await server.stop();
  }
}

async function compare(
  what: string,
  ways: Readonly<Record<'bare' | 'ours', () => Promise<number>>>,
  count: number,
  rounds: number,
): Promise<void> {
  const times = { bare: [] as number[], ours: [] as number[] };
  for (let round = -1; round < rounds; round++)
    for (const name of round % 2 === 0
      ? (['bare', 'ours'] as const)
      : (['ours', 'bare'] as const)) {
      const started = performance.now();
      if ((await ways[name]()) !== count) throw new Error('not all of them came');
      if (round >= 0) times[name].push(performance.now() - started);
    }
  const [a, b] = [median(times.bare), median(times.ours)];
  console.log(
    `a folder ${what}  bare ${a.toFixed(0)} ms  ours ${b.toFixed(0)} ms  x${(b / a).toFixed(2)}`,
  );
}

async function fill(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let first = 0; first < count; first += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, count - first) }, (_, index) =>
        writeFile(path.join(folder, `sample-${String(first + index).padStart(6, '0')}.json`), '{}'),
      ),
    );
}
