import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ArtifactOwner } from '../../src/mlflow/model';
import type { ArtifactRange, SavedArtifact, TrackingStore } from '../../src/mlflow/trackingStore';
import {
  type ArtifactCase,
  type ArtifactServers,
  serverOf,
  startArtifactServers,
} from '../support/artifactServers';
import { failure } from '../support/failure';
import { storeDoors } from '../support/storeDoors';

const never = new AbortController().signal;
/** Nobody but the MLflow server may see these. */
const secret = 'Bearer of-the-person';
const transport = { authorization: secret, headers: { 'x-team': 'secret-of-the-team' } };

interface Readable {
  readonly name: ArtifactCase;
  /** The server signs in anew, several times over, for every request. */
  readonly slow?: true;
  /** What another case shows is left out. */
  readonly brief?: true;
  /** S3 hands files out itself, which says whether they are still the same. */
  readonly resumes?: true;
}

describe('a REST store on servers whose artifacts lie elsewhere', function () {
  this.timeout(600_000);
  const door = storeDoors()[1]!;
  let servers: ArtifactServers;
  let folder: string;
  const stores = new Map<string, TrackingStore>();

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'artifact-stores-'));
    await door.start();
    servers = await startArtifactServers();
    for (const [name, url] of Object.entries(servers.url)) {
      stores.set(name, door.open(url, transport));
    }
  });
  after(async () => {
    await door.close();
    await (servers as ArtifactServers | undefined)?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const store = (name: ArtifactCase): TrackingStore => stores.get(serverOf(name))!;
  const run = (name: ArtifactCase): ArtifactOwner => ({
    kind: 'run',
    runId: servers.logged[name].runId,
  });
  const model = (name: ArtifactCase): ArtifactOwner => ({
    kind: 'loggedModel',
    modelId: servers.logged[name].modelId ?? '',
  });
  const version = (name: ArtifactCase): ArtifactOwner => ({
    kind: 'version',
    name,
    version: servers.logged[name].version ?? '',
  });

  async function bytes(
    name: ArtifactCase,
    file: string,
    range: ArtifactRange = { from: 0 },
    owner = run(name),
  ): Promise<Buffer> {
    const stream = await store(name).openArtifact({ owner, path: file }, range, never);
    const pieces: Uint8Array[] = [];
    for (let piece; (piece = await stream.read(never)) !== undefined;) {
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  /** Every file below a folder with its size, which MLflow leaves out where it is 0; not the odd ones. */
  async function tree(name: ArtifactCase, owner: ArtifactOwner, below = ''): Promise<string[]> {
    const { files } = await store(name).listArtifacts(owner, below, never);
    const shown = below === '' ? files.filter((file) => file.path !== 'odd') : files;
    const inner = await Promise.all(
      shown.map((file) =>
        file.isDirectory
          ? tree(name, owner, file.path)
          : Promise.resolve([`${file.path} ${file.size ?? 0}`]),
      ),
    );
    return inner.flat().sort();
  }

  async function save(name: ArtifactCase, file: string, from: number): Promise<SavedArtifact> {
    const place = { owner: run(name), path: file };
    const target = path.join(folder, 'saved');
    const stream = await store(name).openArtifact(place, { from: 0, length: 1 }, never);
    stream.close();
    const wanted = await readFile(path.join(servers.plain, file));
    await writeFile(target, wanted.subarray(0, from));
    const { validator } = stream;
    const saved = await store(name).saveArtifact(
      place,
      { file: target, from, validator },
      () => undefined,
      never,
    );
    assert.ok(wanted.equals(await readFile(target)), 'other bytes');
    assert.equal(saved.size, wanted.length);
    return saved;
  }

  const readable: readonly Readable[] = [
    { name: 'proxied S3 of 3' },
    { name: 'S3 of 3', resumes: true },
    { name: 'SFTP of 3', slow: true },
    { name: 'proxied S3 of 2' },
    { name: 'S3 of 2' },
    { name: 'SFTP of 2', slow: true, brief: true },
    { name: 'proxied S3, presigned', resumes: true },
    { name: 'S3, presigned', resumes: true },
  ];
  for (const { name, slow = false, brief = false, resumes = false } of readable) {
    describe(name, () => {
      it('lists what Python logged, folder by folder', async () => {
        assert.deepEqual(await tree(name, run(name)), await treeOnDisk(servers.plain));
      });

      it('reads files as Python wrote them', async () => {
        const files = slow ? ['data/한글 이름.csv'] : await filesOnDisk(servers.plain);
        for (const file of files) {
          const expected = await readFile(path.join(servers.plain, file));
          assert.ok(expected.equals(await bytes(name, file)), file);
        }
      });

      it('says that a file is gone', async () => {
        for (const file of slow ? ['none/gone.txt'] : ['gone.txt', 'none/gone.txt', 'data']) {
          const refused = await failure(bytes(name, file));
          assert.equal(refused.kind, 'notFound', `${file}: ${String(refused)}`);
        }
      });

      if (brief) {
        return;
      }

      it('reads a part of a file, and its end', async () => {
        const whole = await readFile(path.join(servers.plain, 'big.bin'));
        const part = await bytes(name, 'big.bin', { from: 1_500_000, length: 1_000 });
        assert.ok(whole.subarray(1_500_000, 1_501_000).equals(part));
        assert.ok(whole.subarray(-1_000).equals(await bytes(name, 'big.bin', { from: -1_000 })));
      });

      it('saves a file whole, where a part of it is there, too', async () => {
        const { received } = await save(name, 'big.bin', 2_000_000);
        // Elsewhere the server fetches the file anew for every request, and cannot say that it is the same.
        assert.equal(received, resumes ? 1_000_000 : 3_000_000);
      });
    });
  }

  for (const name of [
    'proxied S3 of 3',
    'S3 of 3',
    'proxied S3, presigned',
    'S3, presigned',
  ] as const) {
    it(`reads logged models and versions of ${name}`, async () => {
      assert.deepEqual(await tree(name, model(name)), await treeOnDisk(servers.plain));
      const file = 'data/한글 이름.csv';
      const expected = await readFile(path.join(servers.plain, file));
      assert.ok(expected.equals(await bytes(name, file, { from: 0 }, model(name))));
      const inVersion = '한글 이름.csv';
      assert.ok((await tree(name, version(name))).includes(`${inVersion} ${expected.length}`));
      assert.ok(expected.equals(await bytes(name, inVersion, { from: 0 }, version(name))));
    });
  }

  for (const name of ['S3 of 3', 'S3 of 2'] as const) {
    it(`reads odd names in ${name}, or says that the server does not`, async () => {
      const listed = (await tree(name, run(name), 'odd')).map((file) => file.replace(/ \d+$/, ''));
      assert.deepEqual(listed, await filesOnDisk(servers.odd));
      for (const file of ['odd/what?.txt', 'odd/100%.txt', 'odd/back\\slash.txt']) {
        const expected = await readFile(path.join(servers.odd, file));
        assert.ok(expected.equals(await bytes(name, file)), file);
      }
      // MLflow refuses the one, and looks for another name than the other.
      for (const file of ['odd/hash #1.txt', 'odd/percent %41.txt']) {
        const refused = await failure(bytes(name, file));
        assert.equal(refused.reason, 'artifacts', String(refused));
        assert.ok(refused.detail.serverMessage?.endsWith(file), String(refused));
      }
    });
  }

  it('shows S3 nothing that was meant for the MLflow server', () => {
    const ours = servers.s3.requests.filter(
      ({ headers }) => !/boto/i.test(headers['user-agent'] ?? ''),
    );
    assert.ok(ours.length > 10, `${ours.length} requests`);
    const told = JSON.stringify(ours);
    assert.doesNotMatch(told, /of-the-person|secret-of-the-team|authorization|cookie/i);
  });

  const unreadable = [
    'S3 without boto3',
    'SFTP with paramiko 4',
    'an odd form of SFTP',
    'a proxy that does not serve',
  ] as const;
  for (const name of unreadable) {
    it(`says where artifacts lie that cannot be had: ${name}`, async () => {
      for (const attempt of [
        store(name).listArtifacts(run(name), '', never),
        bytes(name, 'notes.txt'),
      ]) {
        const refused = await failure(attempt);
        assert.equal(refused.reason, 'artifacts', String(refused));
        const { rootUri, serverMessage } = refused.detail;
        assert.equal(rootUri, servers.logged[name].rootUri.replace(/\/\/\w+@/, '//'));
        assert.match(serverMessage ?? '', /Internal Server Error|mlflow-artifacts URI/);
      }
    });
  }
});

async function filesOnDisk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

async function treeOnDisk(folder: string): Promise<string[]> {
  const files = await filesOnDisk(folder);
  const sizes = await Promise.all(files.map((file) => readFile(path.join(folder, file))));
  return files.map((file, index) => `${file} ${sizes[index]?.length}`).sort();
}
