import assert from 'node:assert/strict';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { artifactUri } from '../../src/host/artifactUri';
import { commands, settings } from '../../src/ids';
import { connectionKey } from '../../src/mlflow/artifactAddress';
import type { Target } from '../../src/mlflow/target';
import { ArtifactStub } from '../support/artifactStub';
import { refusedEverywhere } from '../unit/downloads/hostilePaths';
import { makeSandbox, type Sandbox } from '../unit/downloads/sandbox';
import { StandIns } from './standIns';
import { activated, change, connect, until, type UnderTest } from './underTest';

describe('downloading artifacts', () => {
  let extension: UnderTest;
  let server: ArtifactStub;
  let sandbox: Sandbox;
  let person: StandIns;

  before(async () => {
    extension = await activated();
    server = await new ArtifactStub().start();
    await connect(extension, server.url);
  });

  beforeEach(async () => {
    server.reset();
    sandbox = await makeSandbox();
    person = new StandIns();
    person.folder = vscode.Uri.file(sandbox.target);
  });

  afterEach(async () => {
    person.restore();
    await sandbox.remove();
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const owner = { kind: 'run', runId: '1r0' } as const;
  const run: Target = { kind: 'run', experimentId: '1', runId: '1r0' };
  const artifact = (path: string, isDirectory = false): Target => ({
    ...{ kind: 'artifact', place: { owner, path }, ownerName: 'run 0', isDirectory },
    size: undefined,
  });
  const download = async (...targets: readonly Target[]): Promise<void> => {
    const rows = targets.map((target) => ({ target }));
    await vscode.commands.executeCommand(commands.downloadArtifacts, rows[0], rows);
  };
  const sorted = (
    entries: Iterable<readonly [string, string]>,
  ): readonly (readonly [string, string])[] =>
    [...entries].toSorted(([one], [other]) => (one < other ? -1 : 1));

  it('writes what a run left behind below a folder of its name, byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));
    server.files.set('model/MLmodel', Buffer.from('flavors: {}'));
    server.files.set('model/data/weights.bin', bytes);
    server.files.set('한글 #1 100%?.txt', Buffer.from('가'));
    server.files.set('empty', Buffer.alloc(0));
    await download(run);
    const at = (name: string): Promise<Buffer> => readFile(join(sandbox.target, 'run 0', name));
    for (const [path, content] of server.files) {
      assert.ok((await at(path)).equals(content), path);
    }
    assert.equal((await sandbox.inside()).size, 4);
    assert.match(person.last.text, /^Downloaded 4 files \(293 KB\) to .*run 0\.$/);
    assert.deepEqual(person.last.actions, ['Reveal', 'Copy Path']);
  });

  it('writes nothing outside of the folder whatever a server lists, and says what it left out', async () => {
    await writeFile(join(sandbox.root, 'victim'), 'precious');
    await symlink(join(sandbox.root, 'victim'), join(sandbox.target, 'good.txt.mlflow-part'));
    await symlink(sandbox.root, join(sandbox.target, 'way out'));
    const before = await sandbox.outside();
    const lies = [...refusedEverywhere].filter((path) => !/\p{Cs}/u.test(path));
    server.listings.set('', [
      ...lies.map((path) => ({ path, is_dir: false, file_size: 4 })),
      ...['..', '../..', '/etc', 'C:\\', 'sub'].map((path) => ({ path, is_dir: true })),
      { path: 'good.txt', is_dir: false, file_size: 4 },
    ]);
    server.listings.set('sub', [
      ...lies.map((path) => ({ path: `sub/${path}`, is_dir: false, file_size: 4 })),
      { path: 'other/good.txt', is_dir: false, file_size: 4 },
      { path: 'sub/good.txt', is_dir: false, file_size: 4 },
    ]);
    [...lies, ...lies.map((path) => `sub/${path}`), 'good.txt', 'sub/good.txt'].forEach((path) =>
      server.files.set(path, Buffer.from('evil')),
    );
    await download(artifact('', true), artifact('good.txt'));
    assert.deepEqual(await sandbox.outside(), before);
    assert.deepEqual(server.asked.map(({ path }) => path).toSorted(), [
      'good.txt',
      'good.txt',
      'sub/good.txt',
    ]);
    assert.match(person.last.text, /Downloaded 3 files .* \d{3,} were left out, since their names/);
    assert.ok(person.last.actions.includes('Show Log'));
  });

  it('keeps what came when it is cancelled, and goes on from there', async () => {
    const content = Buffer.alloc(3_000_000, 'abcdefghij');
    server.files.set('big.bin', content);
    server.stopAfter = () => 2_000_000;
    server.holds = true;
    const going = download(artifact('', true));
    const part = join(sandbox.target, 'run 0', 'big.bin.mlflow-part');
    const partSize = async (): Promise<number> =>
      vscode.workspace.fs.stat(vscode.Uri.file(part)).then(
        ({ size }) => size,
        () => 0,
      );
    await until('most of it came', async () => (await partSize()) > 900_000);
    person.cancel();
    await going;
    assert.match(
      person.last.text,
      /Nothing was downloaded whole\. It was stopped; what came is kept/,
    );
    assert.deepEqual(person.last.actions, ['Resume']);
    const kept = await partSize();
    assert.ok(kept > 900_000);

    server.stopAfter = () => Infinity;
    await download(artifact('', true));
    assert.deepEqual(person.asked, [], 'it asked about its own unfinished folder');
    assert.equal(server.asked.at(-1)?.range, `bytes=${kept}-`);
    assert.ok((await readFile(join(sandbox.target, 'run 0', 'big.bin'))).equals(content));
    assert.deepEqual([...(await sandbox.inside()).keys()], ['run 0/big.bin']);
  });

  it('begins anew when the file is another by then', async () => {
    server.files.set('big.bin', Buffer.alloc(2_000_000, 'a'));
    server.stopAfter = () => 1_500_000;
    server.holds = true;
    const going = download(artifact('big.bin'), artifact('gone.bin'));
    await until('some of it came', async () =>
      [...(await sandbox.inside())].some(
        ([path, { length }]) => path.endsWith('part') && length > 0,
      ),
    );
    person.cancel();
    await going;
    server.files.set('big.bin', Buffer.alloc(1_000_000, 'b'));
    server.state = 'two';
    server.stopAfter = () => Infinity;
    await download(artifact('big.bin'), artifact('gone.bin'));
    assert.equal((await sandbox.inside()).get('big.bin'), 'b'.repeat(1_000_000));
    assert.match(person.last.text, /“gone\.bin” failed: .*does not know this/);
    assert.deepEqual(person.last.actions, ['Resume', 'Reveal', 'Copy Path', 'Show Log']);
  });

  it('resumes when it is asked to, and asks for no whole file again', async () => {
    server.files.set('a.txt', Buffer.from('a'));
    server.listings.set('', [
      { path: 'a.txt', is_dir: false, file_size: 1 },
      { path: 'late.txt', is_dir: false, file_size: 4 },
    ]);
    person.press = (text) => {
      server.files.set('late.txt', Buffer.from('late'));
      return text.includes('failed') ? 'Resume' : undefined;
    };
    await download(run);
    await until('it is told', () => person.said.length === 2);
    assert.match(person.last.text, /^Downloaded 2 files/);
    assert.equal(server.asked.filter(({ path }) => path === 'a.txt').length, 1);
  });

  it('replaces, keeps or skips what is there already, as it is told to', async () => {
    server.files.set('plot.png', Buffer.from('new'));
    server.files.set('data/x', Buffer.from('new x'));
    const mine = join(sandbox.target, 'plot.png');
    const both = [artifact('plot.png'), artifact('data', true)];
    await writeFile(mine, 'mine');
    person.pick = () => undefined;
    await download(...both);
    assert.deepEqual(person.asked[0], {
      title: 'plot.png Is There Already',
      labels: ['Replace', 'Keep Both', 'Skip'],
    });
    assert.deepEqual([...(await sandbox.inside())], [['plot.png', 'mine']]);

    person.pick = () => 'Skip';
    await download(...both);
    assert.deepEqual(sorted(await sandbox.inside()), [
      ['data/x', 'new x'],
      ['plot.png', 'mine'],
    ]);

    person.pick = () => 'Keep Both';
    await writeFile(join(sandbox.target, 'data', 'own'), 'own');
    await download(...both);
    assert.deepEqual(person.asked.at(-1)?.labels, ['Complete', 'Replace', 'Keep Both', 'Skip']);
    assert.deepEqual(sorted(await sandbox.inside()), [
      ['data (2)/x', 'new x'],
      ['data/own', 'own'],
      ['data/x', 'new x'],
      ['plot (2).png', 'new'],
      ['plot.png', 'mine'],
    ]);

    person.pick = () => 'Replace';
    await download(...both);
    assert.equal((await sandbox.inside()).get('plot.png'), 'new');
    assert.equal((await sandbox.inside()).get('data/own'), 'own');
  });

  it('asks for a file where one is wanted, from its row or the editor that shows it', async () => {
    server.files.set('a/b.txt', Buffer.from('text'));
    person.file = vscode.Uri.file(join(sandbox.target, 'own name.txt'));
    await download(artifact('a/b.txt'));
    assert.equal((await sandbox.inside()).get('own name.txt'), 'text');
    assert.match(person.last.text, /^Downloaded one file \(4 B\) to .*own name\.txt\.$/);

    person.file = vscode.Uri.file(join(sandbox.target, 'other.txt'));
    const key = connectionKey(extension.session.id);
    const uri = artifactUri({ key, place: { owner, path: 'a/b.txt' }, ownerName: 'run 0' });
    await vscode.commands.executeCommand(commands.downloadArtifacts, uri, { groupId: 0 });
    assert.equal((await sandbox.inside()).get('other.txt'), 'text');
  });

  it('says in one sentence where it cannot write', async () => {
    server.files.set('a.txt', Buffer.from('a'));
    person.folder = vscode.Uri.parse('vscode-vfs://github/o/r');
    await download(run);
    assert.match(person.last.text, /^Downloads go to a disk of the computer/);
    person.folder = vscode.Uri.file(join(sandbox.target, 'nowhere'));
    await download(run);
    assert.match(person.last.text, /nowhere is not there any more\. Choose another\./);
    await writeFile(join(sandbox.target, 'a'), '');
    server.files.set('a/b.txt', Buffer.from('b'));
    person.folder = vscode.Uri.file(sandbox.target);
    person.pick = () => 'Replace';
    await download(artifact('a', true));
    assert.match(person.last.text, /a is a link or no folder, and nothing is written through it/);
    assert.equal((await sandbox.inside()).get('a'), '');
    assert.doesNotMatch(person.last.text, /Resume/);
    assert.ok(!person.last.actions.includes('Resume'), 'nothing changes by another try');
  });

  it('asks again about a folder whose files were not all replaced', async () => {
    server.files.set('a.txt', Buffer.from('new a'));
    server.files.set('b.txt', Buffer.from('new b'));
    await vscode.workspace.fs.writeFile(
      vscode.Uri.file(join(sandbox.target, 'run 0', 'b.txt')),
      Buffer.from('old b'),
    );
    server.stopAfter = (path) => (path === 'b.txt' ? 1 : Infinity);
    server.holds = true;
    person.pick = () => 'Replace';
    const going = download(run);
    await until('the first is there', async () => (await sandbox.inside()).has('run 0/a.txt'));
    person.cancel();
    await going;
    server.stopAfter = () => Infinity;
    await download(run);
    assert.equal(person.asked.length, 2);
    assert.equal((await sandbox.inside()).get('run 0/b.txt'), 'new b');
  });

  it('says so when the window is not connected to the server any more', async () => {
    const key = '00000000';
    const uri = artifactUri({ key, place: { owner, path: 'a.txt' }, ownerName: 'run 0' });
    person.file = vscode.Uri.file(join(sandbox.target, 'a.txt'));
    await vscode.commands.executeCommand(commands.downloadArtifacts, uri, { groupId: 0 });
    assert.match(person.last.text, /This window is not connected to the server that has this/);
    await vscode.commands.executeCommand(commands.compareArtifact, uri, { groupId: 0 });
    assert.match(person.last.text, /This window is not connected to the server that has this/);
  });
});
