import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import esbuild from 'esbuild';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
import { root } from '../../scripts/paths.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import type { Run } from '../../src/mlflow/model';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import type { LaunchProgram, NamedText, ProjectCommand } from '../../src/projects/launchContracts';
import { wholePlan } from '../../src/projects/sweepContracts';
import { Sweeps } from '../../src/projects/sweeps';
import { combinationTag, tagOf } from '../../src/projects/sweepTags';
import type { RayJobState } from '../../src/ray/jobs/rayClient';
import type { RayJob } from '../../src/ray/jobs/rayJob';
import { RayJobs } from '../../src/ray/jobs/rayJobs';
import { openStore } from '../../src/stores/openStore';
import { randomValues } from '../support/randomValues';
import { type RayCluster, startRayCluster } from '../support/rayCluster.mts';
import { backendOf, clusterHost, type ClusterScene, machineOf } from './clusterHost';

const never = new AbortController().signal;

/** Writes down what it was given and where it ran; `--hold` keeps it until a file is there. */
const script = `import os, sys, time
values = sys.argv[1:]
out = os.environ["OUT"]
name = f"{os.environ.get('MLFLOW_RUN_ID', 'none')}.{os.getpid()}"
with open(f"{out}/{name}.part", "wb") as file:
    file.write(b"\\0".join(os.fsencode(value) for value in [os.environ["MLFLOW_WORKBENCH_TEST_NODE"], *values]))
os.rename(f"{out}/{name}.part", f"{out}/{name}.argv")
print("odd", os.environ.get("ODD"), "é漢🙂", flush=True)
while any(value.startswith("--hold") for value in values) and not os.path.exists(f"{out}/go"):
    time.sleep(0.05)
with open(f"{out}/{name}.done", "w"):
    pass
`;
const project = `entry_points:
  main:
    parameters: {hold: {type: string, default: ""}}
    command: "python echo.py {hold}"
`;
const grid = `method: grid
parameters:
  a: {values: [1, 2, 3]}
  b: {values: [x, y]}
`;

interface Started {
  readonly job: RayJob;
  readonly states: RayJobState[];
  printed: string;
}

describe('runs on a Ray cluster of two nodes', function () {
  this.timeout(300_000);

  let folder: string;
  let out: string;
  let cluster: RayCluster;
  let server: MlflowServer;
  let store: TrackingStore;
  let experimentId: string;
  let jobs: RayJobs;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'on ray '));
    const python = await ensurePython('demo');
    const begun = await Promise.allSettled([
      startRayCluster().then((one) => (cluster = one)),
      startMlflow({ python, directory: path.join(folder, 'mlflow') }).then((one) => (server = one)),
    ]);
    for (const one of begun) if (one.status === 'rejected') throw one.reason as Error;
    store = openStore({ uri: server.url }, () => undefined);
    experimentId = await store.createExperiment('on ray', never);
    await mkdir(path.join(folder, 'project', 'data'), { recursive: true });
    await writeFile(path.join(folder, 'project', 'MLproject'), project);
    await writeFile(path.join(folder, 'project', 'echo.py'), script);
    await writeFile(path.join(folder, 'project', '.rayignore'), 'data/\n');
    await writeFile(path.join(folder, 'project', 'data', 'large'), 'x');
  });

  after(async () => {
    store?.dispose();
    const [left] = await Promise.all([cluster?.stop(), server?.stop()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    assert.deepEqual(left, [], 'processes of the cluster were left');
  });

  beforeEach(async () => {
    jobs = new RayJobs(() => Promise.resolve(), {});
    out = await mkdtemp(path.join(folder, 'out-'));
  });

  afterEach(async () => {
    await writeFile(path.join(out, 'go'), '');
    jobs.dispose();
  });

  const scriptProgram = (): Extract<LaunchProgram, { kind: 'script' }> => ({
    ...{ kind: 'script', file: 'echo.py', folder: path.join(folder, 'project') },
  });
  const projectProgram = (): LaunchProgram => ({
    ...{ kind: 'project', uri: path.join(folder, 'project') },
    ...{ version: undefined, entryPoint: 'main' },
  });

  async function start(
    program: LaunchProgram,
    parameters: readonly NamedText[],
    name = 'alone',
  ): Promise<Started & { readonly runId: string }> {
    const made = await store.createRun(
      experimentId,
      { name, startTime: Date.now(), tags: [] },
      never,
    );
    const command: ProjectCommand = {
      ...{ program, parameters, experimentId, runId: made.id, environmentManager: 'local' },
      ...{ backend: backendOf(cluster.url), extraArguments: [] },
      environment: { OUT: out, ODD: '${HOME}$PATH %' },
    };
    const states: RayJobState[] = [];
    const listener = {
      onLog: (text: string) => (started.printed += text),
      onState: (state: RayJobState | undefined) => state && states.push(state),
    };
    const started = { job: undefined as unknown as RayJob, states, printed: '', runId: made.id };
    const client = { set: { MLFLOW_TRACKING_URI: server.url }, unset: [] };
    const about = { id: made.id, groupId: 'test' };
    started.job = (await jobs.start({ command, about, client }, listener, never)).job;
    return started;
  }

  /** What each process of a run was given, the name of its node first. */
  async function given(runId: string): Promise<readonly (readonly string[])[]> {
    const names = await readdir(out);
    const own = names.filter((name) => name.startsWith(runId) && name.endsWith('.argv'));
    const texts = await Promise.all(own.map((name) => readFile(path.join(out, name), 'utf8')));
    return texts.map((text) => text.split('\0'));
  }

  async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
    while (!(await isSo())) await delay(50);
  }

  it('of a script get a hundred odd values and variables as they are, and show what is printed', async () => {
    const values = randomValues(100, 5);
    const parameters = values.map((value, index) => [`p${index}`, value] as const);
    const started = await start(scriptProgram(), parameters);
    assert.deepEqual(await started.job.ended, { code: 0 });
    await started.job.drained;
    assert.ok(started.printed.includes('odd ${HOME}$PATH % é漢🙂\n'), started.printed);
    const [[, ...argv] = []] = await given(started.runId);
    const expected = parameters.flatMap(([name, value]) =>
      /^-(?!\.?\d)/.test(value) ? [`--${name}=${value}`] : [`--${name}`, value],
    );
    assert.deepEqual(argv, expected);
  });

  it('of a project end as MLflow says, with odd values', async () => {
    const values = randomValues(40, 6);
    const parameters = values.map((value, index) => [`p${index}`, value] as const);
    const started = await start(projectProgram(), parameters);
    assert.deepEqual(await started.job.ended, { code: 0 });
    assert.equal((await store.getRun(started.runId, never)).status, 'FINISHED');
    const [[, , ...argv] = []] = await given(started.runId);
    assert.deepEqual(
      argv,
      parameters.flatMap(([name, value]) => [`--${name}`, value]),
    );
  });

  it('go to both nodes, wait for their turn, and end when they are stopped', async () => {
    const both = await Promise.all([
      start(scriptProgram(), [['hold', '']]),
      start(projectProgram(), [['hold', '--hold']]),
    ]);
    const [first, second] = both;
    await until(async () => (await given(first.runId)).length === 1);
    await until(async () => (await given(second.runId)).length === 1);
    const nodes = await Promise.all(both.map(async ({ runId }) => (await given(runId))[0]?.[0]));
    assert.deepEqual(nodes.sort(), ['head', 'worker']);
    const third = await start(scriptProgram(), []);
    await until(() => third.states.length > 0);
    assert.equal(third.states[0]?.status, 'PENDING');
    await second.job.interrupt();
    assert.deepEqual(await second.job.ended, { code: undefined, wasAsked: true });
    assert.equal(second.states.at(-1)?.status, 'STOPPED');
    assert.notEqual((await store.getRun(second.runId, never)).status, 'RUNNING');
    assert.deepEqual(await third.job.ended, { code: 0 });
    await writeFile(path.join(out, 'go'), '');
    assert.deepEqual(await first.job.ended, { code: 0 });
  });

  const sceneOf = (): ClusterScene => ({
    ...{ tracking: server.url, cluster: cluster.url, experimentId },
    ...{ program: scriptProgram(), text: grid, environment: { OUT: out } },
  });

  async function children(parentRunId: string): Promise<readonly Run[]> {
    const filter = `tags.mlflow.parentRunId = '${parentRunId}'`;
    const query = {
      experimentIds: [experimentId],
      filter,
      maxResults: 100,
      view: 'active',
    } as const;
    const found = await store.searchRuns(query, never);
    return found.items;
  }

  /** Each combination has ended well exactly once, and nothing goes on. */
  async function assertWhole(parentRunId: string): Promise<readonly Run[]> {
    const all = await children(parentRunId);
    const finished = all.filter(({ status }) => status === 'FINISHED');
    const numbers = finished.map((run) => tagOf(run, combinationTag)).sort();
    assert.deepEqual(numbers, ['0', '1', '2', '3', '4', '5']);
    assert.ok(all.every(({ status }) => status === 'FINISHED' || status === 'KILLED'));
    return all;
  }

  /** Waits a tenth of what is asked for: a dead claimant is known after seconds. */
  const quick = {
    now: () => performance.now() * 10,
    wait: (milliseconds: number, signal: AbortSignal) =>
      delay(milliseconds / 10, undefined, { signal }),
    random: () => Math.random(),
  };

  it('of a sweep whose window was killed are taken up by another, with no job left', async () => {
    const scene = sceneOf();
    const engine = await bundledEngine(folder);
    const child = spawn(process.execPath, [engine, JSON.stringify(scene)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<string> => String((await lines.next()).value);
    const parentRunId = await next();
    await until(async () => Number(await next()) >= 1);
    child.kill('SIGKILL');
    const host = clusterHost(scene, store, jobs, () => undefined);
    const retries = { retryFailed: false };
    const machine = machineOf(scene);
    const sweep = await new Sweeps(quick).resume(parentRunId, machine, host, retries, never);
    assert.equal((await sweep.ended).state, 'finished');
    await assertWhole(parentRunId);
    const reply = await fetch(`${cluster.url}/api/jobs/`);
    const all = (await reply.json()) as { readonly status: string }[];
    assert.deepEqual(
      all.filter(({ status }) => /RUNNING|PENDING/.test(status)),
      [],
    );
  });

  it('of a sweep are begun again where their node was lost', async () => {
    const scene = sceneOf();
    const seen: RayJobState[] = [];
    const host = clusterHost(scene, store, jobs, (state) => state && seen.push(state));
    const sweep = await new Sweeps(quick).launch(
      {
        ...{ experimentId, name: 'lost', fileName: 'config.yaml', text: grid, choice: wholePlan },
        ...{ seed: 1, fixedParameters: [['hold', '']], metric: undefined },
        ...{ program: scene.program, machine: machineOf(scene) },
      },
      host,
      never,
    );
    const isHeld = async (): Promise<boolean> => {
      const names = (await readdir(out)).filter((name) => name.endsWith('.argv'));
      const texts = await Promise.all(names.map((name) => readFile(path.join(out, name), 'utf8')));
      return texts.some((text) => text.startsWith('worker'));
    };
    await until(isHeld);
    await cluster.killWorker();
    await until(() => seen.some(({ errorType }) => errorType === 'JOB_SUPERVISOR_ACTOR_DIED'));
    await writeFile(path.join(out, 'go'), '');
    assert.equal((await sweep.ended).state, 'finished');
    const all = await assertWhole(sweep.parentRunId);
    assert.ok(all.some(({ status }) => status === 'KILLED'));
  });
});

async function bundledEngine(folder: string): Promise<string> {
  const outfile = path.join(folder, 'engine.mjs');
  await esbuild.build({
    ...{ absWorkingDir: root, entryPoints: ['test/cluster/engine.ts'], outfile, bundle: true },
    ...{ format: 'esm', platform: 'node', target: 'node24', logLevel: 'warning' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return outfile;
}
