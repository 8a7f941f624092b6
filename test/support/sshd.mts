import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../scripts/paths.mts';
import { step } from '../../scripts/progress.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { withLock } from '../../scripts/withLock.mts';

/** A server program of OpenSSH that can be run. */
export interface Sshd {
  readonly executable: string;
  /** The folder that it was unpacked into, with libraries of its own; absent where it is installed. */
  readonly unpacked: string | undefined;
}

const installed = '/usr/sbin/sshd';
/** With the libraries that a small Debian may lack. */
const packages = [
  'openssh-server',
  'libwrap0',
  'libgssapi-krb5-2',
  'libkrb5-3',
  'libk5crypto3',
  'libkrb5support0',
  'libkeyutils1',
  'libcom-err2',
];

/** OpenSSH's server: the installed one, or that of the Debian or Ubuntu we are on, unpacked and not installed. */
export async function ensureSshd(): Promise<Sshd> {
  if (existsSync(installed)) return { executable: installed, unpacked: undefined };
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const fact = (name: string): string =>
    new RegExp(`^${name}="?([\\w.]+)`, 'm').exec(release)?.[1] ?? 'unknown';
  const folder = path.join(cacheFolder, `sshd-${fact('ID')}-${fact('VERSION_ID')}-${process.arch}`);
  const sshd = { executable: path.join(folder, installed), unpacked: folder };
  if (existsSync(path.join(folder, 'complete'))) return sshd;
  await withLock(`${folder}.lock`, async () => {
    if (existsSync(path.join(folder, 'complete'))) return;
    try {
      await step('unpacking an SSH server for SFTP (once)', () => unpack(folder));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The tests of SFTP need sshd: install openssh-server, or run on a Debian or Ubuntu that can download it. ${reason}`,
        { cause: error },
      );
    }
  });
  return sshd;
}

async function unpack(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const archives = path.join(folder, 'archives');
  await mkdir(archives, { recursive: true });
  try {
    await download(archives, []);
  } catch {
    // No list of packages on this machine, or an old one: a list of our own, which needs no root.
    const lists = path.join(folder, 'lists');
    const own = [`Dir::State::Lists=${lists}`, `Dir::Cache=${folder}`, 'Debug::NoLocking=1'];
    await mkdir(path.join(lists, 'partial'), { recursive: true });
    await runCommand('apt-get', ['update', '-qq', ...options(own)]);
    await download(archives, own);
    await rm(lists, { recursive: true });
  }
  for (const archive of await readdir(archives))
    await runCommand('dpkg', ['-x', path.join(archives, archive), folder]);
  await rm(archives, { recursive: true });
  await rm(path.join(folder, 'usr/share'), { recursive: true, force: true });
  await writeFile(path.join(folder, 'complete'), '');
}

async function download(folder: string, own: readonly string[]): Promise<void> {
  await runCommand('apt-get', ['download', '-qq', ...options(own), ...packages], { cwd: folder });
}

function options(settings: readonly string[]): readonly string[] {
  return settings.flatMap((setting) => ['-o', setting]);
}
