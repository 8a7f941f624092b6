import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Download } from '../../src/downloads/download';
import { localFiles } from '../../src/downloads/localFiles';
import { TargetFolder } from '../../src/downloads/targetFolder';
import { thisPlatform } from '../../src/downloads/thisPlatform';
import { Upload } from '../../src/downloads/upload';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { makeRun } from '../support/makeRun';
import { SeededRandom } from '../support/seededRandom';
import { writeTree } from '../support/writeTree';

const never = new AbortController().signal;

/** A server, and a store on it. */
export interface DownloadedServer {
  readonly url: string;
  readonly store: TrackingStore;
}

/** Sends a folder of files to a run and has it back, in an experiment of its own. */
export function describeDownloads(server: () => DownloadedServer): void {
  let folder: string;
  let store: TrackingStore;
  let runId: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mlflow-downloads-'));
    store = server().store;
    const experimentId = await store.createExperiment('sent and had back', never);
    runId = await makeRun(server().url, experimentId, { name: 'run' });
  });

  after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  it('come up and down again, byte for byte, and from the middle of a file on', async () => {
    const random = new SeededRandom(8);
    const sent = path.join(folder, 'tree');
    await writeTree(sent, {
      MLmodel: Buffer.from('flavors: {}\n'),
      empty: Buffer.alloc(0),
      'data/weights.bin': Buffer.from(
        Uint32Array.from({ length: 800_000 }, () => random.below(2 ** 32)).buffer,
      ),
      'data/한글 파일 (1).txt': Buffer.from('가나다'),
      'deep/er/still/x.json': Buffer.from('{}'),
    });
    const { files, leftOut } = await localFiles([sent], never);
    assert.deepEqual([files.length, leftOut], [5, []]);
    const upload = new Upload({
      files,
      send: (file, onProgress, signal) =>
        store.logArtifact(runId, file.path, file.file, onProgress, signal),
    });
    const up = await upload.run(never);
    assert.deepEqual([up.files, up.failed, up.isStopped], [5, [], false]);

    const target = await TargetFolder.open(folder);
    const options = { target, platform: thisPlatform, busy: new Set<string>() };
    const item = {
      place: { owner: { kind: 'run' as const, runId }, path: 'tree' },
      ...{
        isDirectory: true,
        size: undefined,
        whereTaken: 'fail' as const,
        idOf: (inner: string) => inner,
      },
      parts: ['got'],
      ask: <T>(work: (asked: TrackingStore) => Promise<T>): Promise<T> => work(store),
    };
    const stopped = new AbortController();
    const download = new Download({ ...options, items: [item] });
    const watching = setInterval(() => {
      if (download.progress.bytes > 1_000_000) stopped.abort();
    }, 1);
    await download.run(stopped.signal);
    clearInterval(watching);
    const result = await download.run(never);
    assert.deepEqual([result.files, result.failed.named, result.refused.count], [5, [], 0]);
    assert.deepEqual(await contents(path.join(folder, 'got')), await contents(sent));
  });
}

async function contents(root: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    found.set(path.relative(root, file), (await readFile(file)).toString('base64'));
  }
  return new Map([...found].toSorted());
}
