import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { childrenOf } from '../../src/mlflow/filterText';
import type { Run } from '../../src/mlflow/model';
import { Sweeps } from '../../src/projects/sweeps';
import { combinationTag, tagOf } from '../../src/projects/sweepTags';
import { RestStore } from '../../src/stores/rest/restStore';
import { hastyClock, requestOf, sweepHost } from '../support/sweepMachine';
import type { SweepOrder } from '../support/sweepProcess';

const never = new AbortController().signal;
const isLong = process.env['MLFLOW_WORKBENCH_LONG'] === '1';
/** 45 s of silence are 3 s, and so on. */
const haste = 15;
const combinations = 8;
const sweep = `alpha: [${Array.from({ length: combinations }, (_, n) => n).join(', ')}]\n`;

/** Says which process it is, and works for a while. */
const script = `import os, sys, time
name = "pid " + os.environ["MLFLOW_RUN_ID"]
with open(name + " part", "w") as file:
    file.write(str(os.getpid()))
os.rename(name + " part", name)
time.sleep(1)
os.remove(name)
`;

interface Told {
  readonly parent?: string;
  readonly state?: string;
  readonly done?: number;
  readonly running?: number;
  readonly ended?: boolean;
}

/** A window: a process that works on the sweep. */
class Window {
  readonly told: Told[] = [];
  readonly exited: Promise<void>;
  private complaints = '';
  private heard: () => void = () => undefined;

  constructor(private readonly process: ChildProcessWithoutNullStreams) {
    createInterface({ input: process.stdout }).on('line', (line) => {
      this.told.push(JSON.parse(line) as Told);
      this.heard();
    });
    process.stderr.on('data', (data: Buffer) => (this.complaints += data.toString()));
    this.exited = new Promise((resolve) => {
      process.once('close', () => {
        this.told.push({ ended: true });
        this.heard();
        resolve();
      });
    });
  }

  /** Resolves to the first that it tells, or told before, that is so. */
  async until(isSo: (told: Told) => boolean): Promise<Told> {
    for (;;) {
      const found = this.told.find(isSo);
      if (found !== undefined) return found;
      if (this.told.at(-1)?.ended) throw new Error(`ended: ${this.complaints}`);
      await new Promise<void>((resolve) => (this.heard = resolve));
    }
  }

  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.exited;
  }
}

const versions = [['3.17.2', 'demo'], ...(isLong ? [['2.22.5', 'mlflow2'] as const] : [])] as const;
for (const [version, environment] of versions) {
  describe(`a sweep whose windows and runs die, on MLflow ${version} with SQLite`, function () {
    this.timeout(180_000);
    let directory: string;
    let scripts: string;
    let python: string;
    let server: MlflowServer;
    let store: RestStore;
    const windows: Window[] = [];

    before(async () => {
      python = await ensurePython(environment);
      directory = await mkdtemp(path.join(tmpdir(), 'mlflow-deaths-'));
      await build({
        entryPoints: ['test/support/sweepProcess.ts'],
        outfile: path.join(directory, 'window.mjs'),
        ...({ bundle: true, platform: 'node', format: 'esm', logLevel: 'error' } as const),
        banner: {
          js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
        },
      });
      server = await startMlflow({ python, directory: path.join(directory, 'server') });
    });
    beforeEach(async () => {
      store = new RestStore(server.url, () => undefined);
      scripts = path.join(directory, `scripts ${Date.now()}`);
      await mkdir(scripts);
      await writeFile(path.join(scripts, 'train.py'), script);
    });
    afterEach(async () => {
      store.dispose();
      await Promise.all(windows.splice(0).map((one) => one.kill()));
    });
    after(async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    });

    const program = () => ({ kind: 'script', file: 'train.py', folder: scripts }) as const;

    const open = (claimant: string, begin: SweepOrder['begin']): Window => {
      const order: SweepOrder = { uri: server.url, python, claimant, haste, begin };
      const args = [path.join(directory, 'window.mjs'), JSON.stringify(order)];
      const window = new Window(spawn(process.execPath, args, { stdio: 'pipe' }));
      windows.push(window);
      return window;
    };

    /** Processes of runs that go on, by run. */
    async function pids(): Promise<Map<string, number>> {
      const names = (await readdir(scripts)).filter((name) => /^pid \w+$/.test(name));
      const found = await Promise.all(
        names.map(async (name): Promise<[string, number]> => {
          const text = await readFile(path.join(scripts, name), 'utf8').catch(() => '');
          return [name.slice(4), Number(text)];
        }),
      );
      return new Map(found.filter(([, pid]) => pid > 0));
    }

    async function untilBusy(count: number): Promise<Map<string, number>> {
      for (;;) {
        const found = await pids();
        if (found.size >= count) return found;
        await delay(20);
      }
    }

    async function childrenIn(parentRunId: string): Promise<readonly Run[]> {
      const query = {
        ...{ experimentIds: ['0'], filter: childrenOf(parentRunId), view: 'active' as const },
        maxResults: 1000,
      };
      return (await store.searchRuns(query, never)).items;
    }

    async function checkOutcome(parentRunId: string): Promise<readonly Run[]> {
      const children = await childrenIn(parentRunId);
      const finished = children.filter(({ status }) => status === 'FINISHED');
      const numbers = finished.map((run) => Number(tagOf(run, combinationTag)));
      assert.deepEqual(
        numbers.toSorted((a, b) => a - b),
        Array.from({ length: combinations }, (_, n) => n),
      );
      const others = children.filter(({ status }) => status !== 'FINISHED');
      assert.ok(others.every(({ status }) => status === 'KILLED'));
      assert.equal((await store.getRun(parentRunId, never)).status, 'FINISHED');
      return others;
    }

    it('ends with one finished run of each combination, resumed in two windows at once', async () => {
      const first = open('one', requestOf(sweep, program(), '0', 2));
      const { parent = '' } = await first.until(({ done = 0 }) => done >= 1);
      const orphans = await untilBusy(2);
      await first.kill();
      const both = ['two', 'three'].map((name) =>
        open(name, { parentRunId: parent, parallelism: 2 }),
      );
      await both[0]?.until(({ done = 0, running = 0 }) => done >= 2 && running > 0);
      const [victim] = [...(await untilBusy(1))].filter(([id]) => !orphans.has(id));
      if (victim !== undefined) process.kill(victim[1], 'SIGKILL');
      await Promise.all(both.map((one) => one.until(({ state }) => state === 'finished')));
      const killed = await checkOutcome(parent);
      assert.ok(killed.length >= 2, 'nothing was killed');
      assert.ok([...orphans.keys()].some((id) => killed.some((run) => run.id === id)));
    });

    it('loses nothing while the server is gone', async () => {
      const lines: string[] = [];
      const host = sweepHost(store, { uri: server.url, python, claimant: 'window' }, lines);
      const request = requestOf(sweep, program(), '0', 2);
      const run = await new Sweeps(hastyClock(haste)).launch(request, host, never);
      await untilBusy(2);
      const { port } = server;
      await server.stop();
      const gone = Date.now();
      server = await startMlflow({ python, directory: path.join(directory, 'server'), port });
      assert.ok((Date.now() - gone) * haste > 30_000);
      const { state, done } = await run.ended;
      assert.deepEqual([state, done], ['finished', combinations], lines.join('\n'));
      assert.deepEqual(await checkOutcome(run.parentRunId), []);
    });
  });
}
