import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { StoreWorker } from '../../src/stores/remoteStore';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { failure } from '../support/failure';
import { type WorkerBundle, bundleWorker, memoryLog } from '../support/storeDoors';

const never = new AbortController().signal;

describe('the store worker', () => {
  let bundle: WorkerBundle;
  let server: FaultServer;
  let worker: StoreWorker;
  let lines: string[];

  before(async () => {
    bundle = await bundleWorker();
  });
  after(() => bundle.remove());
  beforeEach(async () => {
    server = await startFaultServer();
    lines = [];
    worker = new StoreWorker(bundle.file, memoryLog(lines));
  });
  afterEach(async () => {
    worker.dispose();
    await server.close();
  });

  it('opens nothing before the first question', () => {
    const missing = new StoreWorker(
      path.join(path.dirname(bundle.file), 'none.js'),
      memoryLog(lines),
    );
    missing.open({ uri: 'nonsense:' }).dispose();
    missing.dispose();
    assert.deepEqual(lines, []);
  });

  it('keeps several stores apart and one store for one reference', async () => {
    const first = worker.open({ uri: server.url });
    const second = worker.open({ uri: `${server.url}/` });
    await first.serverInfo(never);
    await first.serverInfo(never);
    assert.equal(server.requests.length, 2);
    await second.serverInfo(never);
    assert.equal(server.requests.length, 4);
  });

  it('removes what a killed process left behind, once it opens its first store', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const left = await mkdtemp(path.join(tmpdir(), `mlflow-workbench-copy-${pid}-`));
    const store = worker.open({ uri: server.url });
    while (existsSync(left)) {
      await store.serverInfo(never);
    }
  });

  it('carries a refusal over with all its parts', async () => {
    const error = await failure(worker.open({ uri: 'databricks://x:y@z' }).getRun('1', never));
    assert.deepEqual([error.kind, error.reason], ['unsupported', 'scheme']);
    assert.equal(error.detail.serverMessage, 'databricks');
  });

  it('carries NaN, infinities and 64-bit steps over as they are', async () => {
    const store = worker.open({ uri: server.url });
    const body =
      '{"metrics": [{"key":"k","value":NaN,"timestamp":1,"step":9007199254740993},' +
      '{"key":"k","value":-Infinity,"timestamp":1,"step":1}]}';
    const reply = { kind: 'reply', status: 200, type: 'application/json', body } as const;
    server.setFault('metrics/get-history', reply);
    const history = await store.metricHistory('r', 'k', { maxPoints: 9 }, never);
    assert.deepEqual([...history.values], [-Infinity, NaN]);
    assert.deepEqual([...(history.exactSteps ?? [])], [1n, 9007199254740993n]);
  });

  it('fails open questions when it dies, and starts again with the next', async () => {
    const dying = await mortalWorker(bundle.file);
    const mortal = new StoreWorker(dying, memoryLog(lines));
    const store = mortal.open({ uri: server.url });
    server.setFault('experiments/get', { kind: 'silence' });
    server.setFault('runs/delete', { kind: 'silence' });
    const coming = ['experiments/get', 'runs/delete'].map((call) => server.nextRequest(call));
    const open = failure(store.getExperiment('1', never));
    const writing = failure(store.deleteRun('1r0', never));
    await Promise.all(coming);
    await failure(store.getExperiment('die', never));
    const error = await open;
    assert.deepEqual([error.kind, error.reason], ['unreachable', 'cut']);
    assert.equal((await writing).reason, 'unknownOutcome');
    assert.ok(lines.some((line) => line.includes('store worker: Error: out of memory')));
    server.clearFaults();
    assert.equal((await store.getExperiment('1', never)).id, '1');
    mortal.dispose();
  });

  it('fails every question when it cannot start', async () => {
    const broken = new StoreWorker('/no/such/worker.js', memoryLog(lines));
    const error = await failure(broken.open({ uri: server.url }).getRun('1', never));
    assert.deepEqual([error.kind, error.reason], ['unreachable', 'cut']);
    broken.dispose();
  });

  it('fails open and later questions once it is disposed of', async () => {
    const store = worker.open({ uri: server.url });
    server.setFault('runs/get', { kind: 'silence' });
    const coming = server.nextRequest('runs/get');
    const open = failure(store.getRun('1r0', never));
    const request = await coming;
    worker.dispose();
    assert.equal((await open).reason, 'cut');
    assert.equal((await failure(store.getRun('1r0', never))).reason, 'cut');
    await request.disconnected;
  });

  it('lets a process end once it is disposed of', async () => {
    const script = path.join(path.dirname(bundle.file), 'host.mjs');
    await build({
      stdin: {
        contents: `import { StoreWorker } from './src/stores/remoteStore';
          const log = { debug() {}, info() {}, warn() {}, error() {} };
          const worker = new StoreWorker(process.argv[2], log);
          const signal = new AbortController().signal;
          console.log((await worker.open({ uri: process.argv[3] }).serverInfo(signal)).version);
          worker.dispose();`,
        resolveDir: process.cwd(),
      },
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
    });
    const child = spawn(process.execPath, [script, bundle.file, server.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (text: Buffer) => (printed += text.toString()));
    assert.deepEqual(await once(child, 'close'), [0, null]);
    assert.equal(printed, '3.17.2\n');
  });
});

describe('the bundles of the stores', () => {
  it('keep the network and validation libraries out of the extension host', async () => {
    const { metafile, outputFiles } = await bundled('src/stores/remoteStore.ts');
    assert.deepEqual(
      Object.keys(metafile.inputs).filter((file) => file.includes('node_modules')),
      [],
    );
    const size = gzipSync(outputFiles[0]?.contents ?? '').length;
    assert.ok(size < 4 * 1024, `${size} bytes gzipped`);
  });

  it('fit the worker into 350 KB gzipped', async () => {
    const { outputFiles } = await bundled('src/stores/worker.ts');
    const size = gzipSync(outputFiles[0]?.contents ?? '').length;
    assert.ok(size < 350 * 1024, `${size} bytes gzipped`);
  });
});

function bundled(entry: string) {
  return build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    metafile: true,
    write: false,
  });
}

/** The same worker, except that a question about `die` ends it. */
async function mortalWorker(file: string): Promise<string> {
  const mortal = path.join(path.dirname(file), 'mortal.js');
  await writeFile(
    mortal,
    `require('node:worker_threads').parentPort.on('message', (message) => {
      if (message.value?.args?.[0] === 'die') throw new Error('out of memory');
    });
    require(${JSON.stringify(file)});`,
  );
  return mortal;
}
