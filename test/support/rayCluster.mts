import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../scripts/freePort.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { ensurePythonExtras } from '../../scripts/pythonExtras.mts';
import { startTied, type TiedProcess } from '../../scripts/tiedProcess.mts';

/** A real Ray cluster on this machine: a head and, until it is killed, another node; a CPU each. */
export interface RayCluster {
  readonly url: string;
  /** As `kill -9` of the other node's raylet, which is what a node that loses its power looks like. */
  killWorker(): Promise<void>;
  /** Resolves to the pids of what is left of it, which should be none. */
  stop(): Promise<readonly number[]>;
}

/** Ray's own start is to be waited for, and then its first look round. */
const startLimit = 120_000;
const mark = 'MLFLOW_WORKBENCH_TEST_CLUSTER';
/** What runs on a node finds in this variable which one it is: `head` or `worker`. */
const nodeMark = 'MLFLOW_WORKBENCH_TEST_NODE';

/** Ray gives a node half a minute to start, which a very busy machine may not have for it. */
const tries = 3;

/** Starts the cluster; ends with this process, however that ends. POSIX only. */
export async function startRayCluster(): Promise<RayCluster> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await startOnce();
    } catch (error) {
      if (tried === tries) throw error;
    }
  }
}

async function startOnce(): Promise<RayCluster> {
  const python = await ensurePython('demo');
  const extras = await ensurePythonExtras(python, 'test/support/ray-requirements.txt');
  // Sockets below it must not have long paths.
  const folder = await mkdtemp(path.join(tmpdir(), 'ray-'));
  const env = {
    ...process.env,
    ...{ PYTHONPATH: extras, [mark]: folder, RAY_USAGE_STATS_ENABLED: '0' },
    PATH: `${path.dirname(python)}${path.delimiter}${process.env['PATH'] ?? ''}`,
    // On a busy machine a node is not to be given up for a slow answer.
    RAY_health_check_period_ms: '10000',
    // Two processes that nothing here asks for.
    RAY_enable_autoscaler_v2: '0',
  };
  const port = await freePort();
  const dashboard = await freePort();
  const begin = async (node: string, role: readonly string[]): Promise<TiedProcess> =>
    startTied(
      python,
      [
        ...['-m', 'ray.scripts.scripts', 'start', '--block', '--num-cpus', '1', '--num-gpus', '0'],
        ...['--object-store-memory', String(80 * 1024 * 1024), '--disable-usage-stats'],
        ...['--dashboard-agent-listen-port', String(await freePort()), ...role],
      ],
      { env: { ...env, [nodeMark]: node }, cwd: folder },
    );
  const nodes = [
    await begin('head', [
      ...['--head', '--port', String(port), '--temp-dir', folder],
      ...['--dashboard-host', '127.0.0.1', '--dashboard-port', String(dashboard)],
      ...['--include-dashboard', 'true'],
    ]),
  ];
  const url = `http://127.0.0.1:${dashboard}`;
  const stop = async (): Promise<readonly number[]> => {
    await Promise.all(nodes.map((node) => node.stop()));
    const until = Date.now() + 10_000;
    let left = await marked(folder);
    while (left.size > 0 && Date.now() < until) {
      await delay(100);
      left = await marked(folder);
    }
    for (const pid of left.keys()) process.kill(pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    return [...left.keys()];
  };
  try {
    // A node ends where the head has not said so yet; its dashboard takes longer, and is not needed for it.
    await until(() => Promise.resolve(/runtime started/.test(nodes[0]?.output() ?? '')), nodes);
    nodes.push(await begin('worker', ['--address', `127.0.0.1:${port}`]));
    await until(async () => (await aliveNodes(url)) === 2, nodes);
  } catch (error) {
    await stop();
    throw error;
  }
  const killWorker = async (): Promise<void> => {
    const ofWorker = await marked(folder, 'worker');
    const raylet = [...ofWorker].find(([, command]) => /\/raylet\0/.test(command));
    if (raylet === undefined) throw new Error('there is no raylet to kill');
    process.kill(raylet[0], 'SIGKILL');
  };
  return { url, killWorker, stop };
}

/** Processes of the cluster and what they have started, with their command lines. */
async function marked(folder: string, node?: string): Promise<ReadonlyMap<number, string>> {
  const found = new Map<number, string>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
    const variables = environment.split('\0');
    if (!variables.includes(`${mark}=${folder}`)) continue;
    if (node !== undefined && !variables.includes(`${nodeMark}=${node}`)) continue;
    found.set(Number(name), await readFile(`/proc/${name}/cmdline`, 'latin1').catch(() => ''));
  }
  return found;
}

async function until(isSo: () => Promise<boolean>, nodes: readonly TiedProcess[]): Promise<void> {
  const limit = Date.now() + startLimit;
  let isGone = false;
  for (const node of nodes) void node.exited.then(() => (isGone = true));
  while (!(await isSo().catch(() => false))) {
    if (isGone || Date.now() > limit) {
      throw new Error(`Ray did not start:\n${nodes.map((node) => node.output()).join('\n')}`);
    }
    await delay(200);
  }
}

async function aliveNodes(url: string): Promise<number> {
  const reply = await fetch(`${url}/nodes?view=summary`);
  const { data } = (await reply.json()) as {
    data: { summary: readonly { readonly raylet: { readonly state?: string } }[] };
  };
  return data.summary.filter(({ raylet }) => raylet.state === 'ALIVE').length;
}
