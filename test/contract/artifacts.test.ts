import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ArtifactOwner } from '../../src/mlflow/model';
import type { ArtifactRange, TrackingStore } from '../../src/mlflow/trackingStore';
import { StoreWorker } from '../../src/stores/remoteStore';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { failure } from '../support/failure';
import { type WorkerBundle, bundleWorker, memoryLog } from '../support/storeDoors';

const never = new AbortController().signal;
interface Filled {
  readonly run: string;
  /** Since MLflow 3. */
  readonly model: string | null;
}

const bigSize = 251 * 120_000;

const servers = [
  { version: '3.17.2', environment: 'demo', how: 'which keeps them itself', size: bigSize },
  {
    version: '2.22.5',
    environment: 'mlflow2',
    how: 'which keeps them itself, behind a prefix',
    size: bigSize,
    staticPrefix: '/mlf',
  },
  {
    version: '3.17.2',
    environment: 'demo',
    how: 'which only knows where they are, behind a prefix',
    // Behind a prefix MLflow 3 sends some megabytes a second.
    size: bigSize / 10,
    staticPrefix: '/mlf',
    extraArguments: ['--no-serve-artifacts'],
  },
] as const;

describe('artifacts', function () {
  this.timeout(600_000);
  let bundle: WorkerBundle;
  let worker: StoreWorker;

  before(async () => {
    bundle = await bundleWorker();
    worker = new StoreWorker(bundle.file, memoryLog([]));
  });
  after(async () => {
    worker.dispose();
    await bundle.remove();
  });

  for (const { version, environment, how, size, ...options } of servers) {
    describe(`of MLflow ${version}, ${how}`, () => {
      let directory: string;
      let python: string;
      let server: MlflowServer;
      let filled: Filled;
      let uri: string;

      const askClient = async (...asked: string[]): Promise<string> => {
        const printed = await runCommand(python, ['test/support/artifacts.py', ...asked]);
        return printed.trim().split('\n').at(-1) ?? '';
      };

      before(async () => {
        python = await ensurePython(environment);
        directory = await mkdtemp(path.join(tmpdir(), 'artifacts-'));
        server = await startMlflow({ python, directory, ...options });
        // Behind a prefix MLflow's own client finds version 2 at the root alone.
        uri = version.startsWith('2') ? new URL(server.url).origin : server.url;
        filled = JSON.parse(await askClient(uri, 'fill', String(size))) as Filled;
      });
      after(async () => {
        await server.stop();
        await rm(directory, { recursive: true, force: true });
      });

      describe('through the server', () => {
        let store: TrackingStore;
        before(() => {
          store = worker.open({ uri: server.url });
        });
        after(() => store.dispose());
        cases(() => ({ store, filled }), version, size);

        it('uploads what the client then reads', async () => {
          const file = path.join(directory, 'upload');
          await writeFile(file, 'uploaded');
          const sent: number[] = [];
          // The proxy of MLflow 2, by which its client downloads, has no answer for names beyond ASCII.
          const name = 'new/50% read.txt';
          await store.logArtifact(filled.run, name, file, (many) => sent.push(many), never);
          assert.equal(sent.at(-1), 8);
          assert.equal(JSON.parse(await askClient(uri, 'read', filled.run, name)), 'uploaded');
        });

        it('uploads under names that the client would cut, and what is empty where the server can', async () => {
          const file = path.join(directory, 'upload');
          const owner = { kind: 'run', runId: filled.run } as const;
          await writeFile(file, 'what');
          const name = 'new/한 국 what?.txt';
          await store.logArtifact(filled.run, name, file, () => undefined, never);
          assert.equal((await bytes(store, owner, name)).toString(), 'what');
          await writeFile(file, '');
          const logged = store.logArtifact(filled.run, 'nothing', file, () => undefined, never);
          if ('extraArguments' in options) {
            assert.equal((await failure(logged)).reason, 'artifacts');
          } else {
            await logged;
            assert.equal((await bytes(store, owner, 'nothing')).length, 0);
          }
        });

        it('refuses names that the server would change', async () => {
          const file = path.join(directory, 'upload');
          await writeFile(file, 'uploaded');
          const logged = store.logArtifact(filled.run, 'a#b', file, () => undefined, never);
          assert.equal((await failure(logged)).kind, 'rejected');
        });
      });

      it('are read in place beside the database, where they are on this machine', async () => {
        const place = path.join(directory, 'mlflow.db');
        const store = worker.open({ uri: `sqlite:///${place}` });
        const owner = { kind: 'run', runId: filled.run } as const;
        const listed = store.listArtifacts(owner, 'dir', never);
        if ('extraArguments' in options) {
          assert.deepEqual(
            (await listed).files.map((file) => file.path),
            ['dir/inner.txt'],
          );
          assert.equal((await bytes(store, owner, 'dir/inner.txt')).toString(), 'inner');
        } else {
          // The server keeps them in a folder of another name than the default.
          assert.equal((await failure(listed)).reason, 'artifacts');
        }
        store.dispose();
      });
    });
  }

  describe('of a folder of runs', () => {
    let directory: string;
    let store: TrackingStore;
    let filled: Filled;
    before(async () => {
      directory = await mkdtemp(path.join(tmpdir(), 'artifacts-'));
      const root = path.join(directory, 'mlruns');
      const python = await ensurePython('mlflow2');
      const printed = await runCommand(python, [
        'test/support/artifacts.py',
        root,
        'fill',
        String(bigSize),
      ]);
      filled = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Filled;
      store = worker.open({ uri: root });
    });
    after(async () => {
      store.dispose();
      await rm(directory, { recursive: true, force: true });
    });
    cases(() => ({ store, filled }), '2.22.5', bigSize);

    it('are added to without a server', async () => {
      const file = path.join(directory, 'upload');
      await writeFile(file, 'uploaded');
      await store.logArtifact(filled.run, 'new/#1.txt', file, () => undefined, never);
      const owner = { kind: 'run', runId: filled.run } as const;
      assert.equal((await bytes(store, owner, 'new/#1.txt')).toString(), 'uploaded');
    });
  });
});

async function bytes(
  store: TrackingStore,
  owner: ArtifactOwner,
  name: string,
  range: ArtifactRange = { from: 0 },
): Promise<Buffer> {
  const stream = await store.openArtifact({ owner, path: name }, range, never);
  const pieces: Uint8Array[] = [];
  for (let piece; (piece = await stream.read(never)) !== undefined;) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** What holds for every store. */
function cases(
  found: () => { readonly store: TrackingStore; readonly filled: Filled },
  version: string,
  size: number,
): void {
  const run = (): ArtifactOwner => ({ kind: 'run', runId: found().filled.run });

  it('are read whole, whatever their names', async () => {
    const { store } = found();
    for (const [name, text] of [
      ['a b.txt', 'blanks'],
      ['한국어.txt', '가나다'],
      ['50% off.txt', 'half'],
      ['empty', ''],
      ['dir/inner.txt', 'inner'],
    ] as const) {
      assert.equal((await bytes(store, run(), name)).toString(), text, name);
    }
  });

  it('are read in part', async () => {
    const { store } = found();
    const whole = await bytes(store, run(), 'big.bin');
    assert.equal(whole.length, size);
    for (const [range, from, to] of [
      [{ from: 1_000_000, length: 1_500_000 }, 1_000_000, 2_500_000],
      [{ from: -1_000_000 }, size - 1_000_000, size],
      [{ from: size - 5 }, size - 5, size],
      [{ from: size + 5 }, size, size],
    ] as const) {
      const part = await bytes(store, run(), 'big.bin', range);
      assert.ok(part.equals(whole.subarray(from, to)), JSON.stringify(range));
    }
    assert.equal((await bytes(store, run(), 'empty', { from: 0, length: 9 })).length, 0);
  });

  it('say how large they are and which state they are in', async () => {
    const { store } = found();
    const open = () => store.openArtifact({ owner: run(), path: 'big.bin' }, { from: 7 }, never);
    const one = await open();
    // A server of one process, such as MLflow 2 may be, has no answer for others before it is rid of this one.
    one.close();
    const other = await open();
    other.close();
    assert.deepEqual([one.size, one.from], [size, 7]);
    assert.ok(one.validator !== undefined && one.validator === other.validator);
    assert.equal((await failure(one.read(never))).reason, 'cut');
  });

  it('are saved, and gone on with', async () => {
    const { store } = found();
    const folder = await mkdtemp(path.join(tmpdir(), 'saved-'));
    const file = path.join(folder, 'big.bin');
    const place = { owner: run(), path: 'big.bin' };
    const giveUp = new AbortController();
    let validator: string | undefined;
    let written = 0;
    await assert.rejects(
      store.saveArtifact(
        place,
        { file, from: 0, validator: undefined },
        (progress) => {
          ({ validator, written } = progress);
          giveUp.abort();
        },
        giveUp.signal,
      ),
      { name: 'AbortError' },
    );
    const told: number[] = [];
    const saved = await store.saveArtifact(
      place,
      { file, from: written, validator },
      (progress) => told.push(progress.written),
      never,
    );
    assert.deepEqual([saved.size, saved.received], [size, size - written]);
    assert.equal(told.at(-1), size);
    assert.ok((await readFile(file)).equals(await bytes(store, run(), 'big.bin')));
    assert.deepEqual(await readdir(folder), ['big.bin']);
    await rm(folder, { recursive: true });
  });

  it('are said to be missing when they are no files', async () => {
    const { store } = found();
    for (const name of ['none.txt', 'dir', 'dir/none']) {
      assert.equal((await failure(bytes(store, run(), name))).kind, 'notFound', name);
    }
    const gone: ArtifactOwner = { kind: 'run', runId: '0'.repeat(32) };
    assert.equal((await failure(bytes(store, gone, 'a b.txt'))).kind, 'notFound');
  });

  it('are listed and read of versions and logged models', async () => {
    const { store, filled } = found();
    const owners: ArtifactOwner[] = [{ kind: 'version', name: 'a model', version: '1' }];
    if (filled.model !== null && version.startsWith('3')) {
      owners.push({ kind: 'loggedModel', modelId: filled.model });
    }
    for (const owner of owners) {
      const { files } = await store.listArtifacts(owner, '', never);
      assert.ok(
        files.some((file) => file.path === 'MLmodel'),
        owner.kind,
      );
      assert.match((await bytes(store, owner, 'MLmodel')).toString(), /^flavors:|python_function/m);
      assert.equal((await failure(bytes(store, owner, 'none'))).kind, 'notFound');
    }
  });
}
