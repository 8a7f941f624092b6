import { createWriteStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Agent, request } from 'undici';
import { root } from '../scripts/paths.mts';
import { type TiedProcess, startTied } from '../scripts/tiedProcess.mts';
import { median } from './median.mts';

const never = new AbortController().signal;
const size = 1e9;
const rounds = 7;
const place = { owner: { kind: 'run', runId: 'a'.repeat(32) }, path: 'big.bin' } as const;
const megabyte = 2 ** 20;

/** Milliseconds. */
interface Cost {
  readonly elapsed: number;
  /** All threads of this process together. */
  readonly processor: number;
}

type Worker = ReturnType<import('./bundleStores.mts').Stores['worker']>;

/** Prints how long a save of 1 GB takes, and a bare download of the same. */
export async function measureDownload(
  folder: string,
  openWorker: (uri: string) => Worker,
): Promise<void> {
  const served = path.join(folder, 'served.bin');
  await fill(served);
  const { server, url } = await startStaticServer(served);
  const worker = openWorker(url);
  const agent = new Agent();
  const target = path.join(folder, 'saved.bin');
  const store = worker.open();
  const ours = async (): Promise<void> => {
    const from = { file: target, from: 0, validator: undefined };
    await store.saveArtifact(place, from, () => undefined, never);
  };
  const bare = async (): Promise<void> => {
    const query = `/get-artifact?run_uuid=${place.owner.runId}&path=${place.path}`;
    const { body } = await request(url + query, { dispatcher: agent });
    await pipeline(body, createWriteStream(target));
  };
  const timed = async (work: () => Promise<void>): Promise<Cost> => {
    await rm(target, { force: true });
    const before = process.cpuUsage();
    const started = performance.now();
    await work();
    const elapsed = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    if ((await stat(target)).size !== size) throw new Error('not all of it came');
    return { elapsed, processor: (user + system) / 1000 };
  };
  try {
    await store.serverInfo(never);
    // Before anything else in this process took memory.
    await printMemory(() => timed(ours));
    const costs = { bare: [] as Cost[], ours: [] as Cost[] };
    for (let round = 0; round < rounds; round++)
      for (const name of round % 2 === 0
        ? (['bare', 'ours'] as const)
        : (['ours', 'bare'] as const))
        costs[name].push(await timed(name === 'ours' ? ours : bare));
    report('1 GB: time', costs, 'elapsed');
    report('1 GB: processor time of this process', costs, 'processor');
  } finally {
    worker.dispose();
    await agent.close();
    await server.stop();
    await Promise.all([rm(served), rm(target, { force: true })]);
  }
}

async function fill(file: string): Promise<void> {
  const piece = new Uint8Array(1e6);
  crypto.getRandomValues(piece.subarray(0, 65_536));
  const written = await open(file, 'w');
  for (let place = 0; place < size; place += piece.length) await written.write(piece);
  await written.close();
}

/** How much more this process, worker thread included, holds while it saves than before, at most. */
async function printMemory(save: () => Promise<unknown>): Promise<void> {
  const resident = (): number => process.memoryUsage().rss / megabyte;
  const idle = resident();
  let most = idle;
  const timer = setInterval(() => (most = Math.max(most, resident())), 20);
  await save();
  clearInterval(timer);
  console.log(
    `memory  idle ${idle.toFixed(0)} MB  at most ${most.toFixed(0)} MB  +${(most - idle).toFixed(0)} MB`,
  );
}

function report(
  what: string,
  costs: Readonly<Record<'bare' | 'ours', readonly Cost[]>>,
  part: keyof Cost,
): void {
  const [bare, ours] = [costs.bare.map((cost) => cost[part]), costs.ours.map((cost) => cost[part])];
  const ratios = bare.map((each, round) => (each / (ours[round] ?? NaN)).toFixed(2));
  const ratio = (median(bare) / median(ours)).toFixed(2);
  console.log(
    `${what}  bare ${median(bare).toFixed(0)} ms  ours ${median(ours).toFixed(0)} ms  x${ratio} (${ratios.join(' ')})`,
  );
}

async function startStaticServer(file: string): Promise<{ server: TiedProcess; url: string }> {
  let server: TiedProcess | undefined;
  const port = await new Promise<string>((resolve, reject) => {
    const script = path.join(root, 'bench', 'artifactsServer.mts');
    server = startTied(process.execPath, [script, file], {
      onLine: (line) => {
        const found = /^port (\d+)$/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      },
    });
    void server.exited.then(() => reject(new Error(`it ended:\n${server?.output()}`)));
  });
  if (server === undefined) throw new Error('no server');
  return { server, url: `http://127.0.0.1:${port}` };
}
