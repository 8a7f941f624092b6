import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderFiles } from '../../../src/ray/jobs/folderFiles';
import { RayProblem } from '../../../src/ray/jobs/rayProblem';

const never = new AbortController().signal;

describe('files of a working directory', () => {
  let base: string;
  let folder: string;

  beforeEach(async () => {
    base = await mkdtemp(path.join(tmpdir(), 'ray files '));
    folder = path.join(base, 'project');
    await mkdir(folder);
    await write('train.py');
  });

  afterEach(() => rm(base, { recursive: true, force: true }));

  async function write(name: string, text = ''): Promise<void> {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  async function found(excludes: readonly string[] = []): Promise<readonly [string, string]> {
    const { files, withheld } = await folderFiles(folder, excludes, never);
    return [files.map(({ name }) => name).join(' '), withheld.join(' ')];
  }

  it('are none that links bring from elsewhere', async () => {
    await mkdir(path.join(base, 'home'));
    await writeFile(path.join(base, 'home', 'id'), 'secret');
    await symlink(path.join(base, 'home'), path.join(folder, 'data'), 'junction');
    await symlink(path.join('..', 'home', 'id'), path.join(folder, 'id'));
    await symlink(base, path.join(folder, 'up'), 'junction');
    assert.deepEqual(await found(), ['train.py', 'data id up']);
  });

  it('are also those that links in the folder lead to, but for secret ones', async () => {
    await write('sets/a');
    await write('.ssh/config');
    await symlink(path.join(folder, 'sets'), path.join(folder, 'data'), 'junction');
    await symlink(path.join(folder, '.ssh', 'config'), path.join(folder, 'plain'));
    await symlink(folder, path.join(folder, 'same'), 'junction');
    assert.deepEqual(await found(), ['data/a sets/a train.py', '.ssh plain']);
  });

  it('are none that usually hold secrets, unless .rayignore sends them', async () => {
    const secrets = ['.aws/credentials', '.env', '.env.local', '.netrc', 'sub/server.pem'];
    for (const name of [...secrets, '.env.example']) await write(name);
    assert.deepEqual(await found(), [
      ...['.env.example train.py', '.aws .env .env.local .netrc sub/server.pem'],
    ]);
    await write('.gitignore', '.env\n!.netrc\n');
    await write('.rayignore', '!.env\n!*.pem\n');
    assert.deepEqual(await found(['sub']), [
      ...['.env .env.example .gitignore .rayignore train.py', '.aws .env.local .netrc'],
    ]);
  });

  it('follow the nearest rule, as with git', async () => {
    await write('.gitignore', '*.bin');
    await write('a.bin');
    await write('keep/.gitignore', '!*.bin');
    await write('keep/b.bin');
    assert.deepEqual(await found(), ['.gitignore keep/.gitignore keep/b.bin train.py', '']);
  });

  it('are not gathered without end where links multiply them', async () => {
    const names = Array.from('abcdef');
    for (const name of names) await mkdir(path.join(folder, name));
    for (const name of names) {
      for (const other of names) {
        await symlink(path.join(folder, other), path.join(folder, name, other), 'junction');
      }
    }
    await assert.rejects(
      found(),
      (error) => error instanceof RayProblem && error.kind === 'tooLarge',
    );
  });
});
