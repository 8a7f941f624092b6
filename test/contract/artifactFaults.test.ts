import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ArtifactPlace } from '../../src/mlflow/model';
import type { ArtifactTarget, TrackingStore } from '../../src/mlflow/trackingStore';
import { StoreWorker } from '../../src/stores/remoteStore';
import { type ByteServer, startByteServer } from '../support/byteServer';
import { failure } from '../support/failure';
import { type WorkerBundle, bundleWorker, memoryLog } from '../support/storeDoors';

const never = new AbortController().signal;
const size = 10_000_000;
const place: ArtifactPlace = { owner: { kind: 'run', runId: 'r' }, path: 'file' };

describe('artifacts on a bad connection', function () {
  this.timeout(60_000);
  let bundle: WorkerBundle;
  let worker: StoreWorker;
  let server: ByteServer;
  let store: TrackingStore;
  let folder: string;
  let target: ArtifactTarget;

  before(async () => {
    bundle = await bundleWorker();
    worker = new StoreWorker(bundle.file, memoryLog([]));
  });
  after(async () => {
    worker.dispose();
    await bundle.remove();
  });
  beforeEach(async () => {
    server = await startByteServer(randomBytes(size));
    store = worker.open({ uri: server.url });
    folder = await mkdtemp(path.join(tmpdir(), 'artifact-faults-'));
    target = { file: path.join(folder, 'file'), from: 0, validator: undefined };
  });
  afterEach(async () => {
    store.dispose();
    await server.close();
    await rm(folder, { recursive: true });
  });

  const save = () => store.saveArtifact(place, target, () => undefined, never);
  const isWhole = async () => server.behavior.content.equals(await readFile(target.file));

  it('are gone on with where nine tenths came', async () => {
    server.behavior.cuts = [size * 0.9];
    const saved = await save();
    assert.deepEqual([saved.received, saved.size], [size, size]);
    assert.deepEqual(server.ranges.length, 2);
    assert.match(server.ranges[1] ?? '', /^bytes=[1-9]\d*-$/);
    assert.ok(await isWhole());
    assert.deepEqual(await readdir(folder), ['file']);
  });

  it('are begun anew where the file was replaced meanwhile', async () => {
    server.behavior.cuts = [size * 0.9];
    server.behavior.onAnswer = () => {
      if (server.ranges.length === 2) {
        Object.assign(server.behavior, { content: randomBytes(size / 2), etag: '"two"' });
      }
    };
    const saved = await save();
    assert.deepEqual([saved.size, saved.validator], [size / 2, '"two"']);
    assert.ok(await isWhole());
  });

  it('are given up where the connection breaks at the same place each time, and what came stays', async () => {
    server.behavior.cuts = [1_000_000, 0, 0, 0, 0];
    const error = await failure(save());
    assert.deepEqual([error.kind, error.reason], ['unreachable', 'cut']);
    const kept = await readFile(target.file);
    assert.ok(kept.length > 0 && server.behavior.content.subarray(0, kept.length).equals(kept));
  });

  it('say when they are cut while they are read', async () => {
    for (const sized of [true, false]) {
      Object.assign(server.behavior, { cuts: [size * 0.9], sized });
      const stream = await store.openArtifact(place, { from: 0 }, never);
      const read = async (): Promise<void> => {
        while ((await stream.read(never)) !== undefined);
      };
      assert.equal((await failure(read())).reason, 'cut');
    }
  });

  it('are no pages to sign in', async () => {
    server.behavior.page = true;
    const error = await failure(store.openArtifact(place, { from: 0 }, never));
    assert.deepEqual([error.kind, error.reason], ['unreachable', 'html']);
  });

  it('end with their store, and with whoever reads them giving up', async () => {
    const left = await store.openArtifact(place, { from: 0 }, never);
    const giveUp = new AbortController();
    const given = await store.openArtifact(place, { from: 0 }, never);
    giveUp.abort();
    await assert.rejects(given.read(giveUp.signal), { name: 'AbortError' });
    store.dispose();
    assert.equal((await failure(left.read(never))).reason, 'cut');
  });

  describe('uploaded', () => {
    const log = async () => {
      const file = path.join(folder, 'up');
      await writeFile(file, 'uploaded');
      return store.logArtifact('r', 'file', file, () => undefined, never);
    };

    it('are there when the answer was lost after they arrived', async () => {
      let uploads = 0;
      server.behavior.onUpload = (content) => {
        uploads++;
        server.behavior.content = content;
        return 'lose';
      };
      await log();
      assert.deepEqual([uploads, server.behavior.content.toString()], [1, 'uploaded']);
    });

    it('are sent again when the connection broke before they arrived', async () => {
      let uploads = 0;
      server.behavior.onUpload = (content) => {
        if (++uploads === 1) {
          return 'lose';
        }
        server.behavior.content = content;
        return 'answer';
      };
      await log();
      assert.deepEqual([uploads, server.behavior.content.toString()], [2, 'uploaded']);
    });
  });
});
