import { globSync } from 'node:fs';
import { chown, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../scripts/freePort.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { ensurePythonExtras } from '../../scripts/pythonExtras.mts';
import { startTied } from '../../scripts/tiedProcess.mts';
import { ensureSshd } from './sshd.mts';
import { makeSshKey } from './sshdKey.mts';

/** A real SFTP server, which ends with this process. */
export interface Sftp {
  /** `sftp://user@127.0.0.1:port/…`, a folder that exists and is empty. */
  readonly uri: string;
  /** What MLflow, a server or its client, reaches it with. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder for `PYTHONPATH` with what MLflow needs for it. */
  readonly packages: string;
  stop(): Promise<void>;
}

interface User {
  readonly name: string;
  /** What the server is started through, so that it runs as that user. */
  readonly through: readonly string[];
  readonly ids: readonly [uid: number, gid: number] | undefined;
}

/** Starts OpenSSH's server on a free port of the loopback address; it needs no rights, and gives up those of root. */
export async function startSftp(): Promise<Sftp> {
  const python = await ensurePython('demo');
  const packages = await ensurePythonExtras(python, 'test/support/sftp-requirements.txt');
  const { executable, unpacked } = await ensureSshd();
  const folder = await mkdtemp(path.join(tmpdir(), 'sftp-'));
  const user = await findUser();
  // Root's cache may lie where nobody else gets.
  const program = unpacked === undefined ? executable : path.join(folder, 'root/usr/sbin/sshd');
  if (unpacked !== undefined)
    await cp(unpacked, path.join(folder, 'root'), { recursive: true, verbatimSymlinks: true });
  const port = await freePort();
  await writeFiles(folder, port);
  if (user.ids !== undefined)
    for (const file of ['', ...globSync('{server,server/*,artifacts}', { cwd: folder })])
      await chown(path.join(folder, file), ...user.ids);
  const libraries = globSync('root/**/*-linux-gnu', { cwd: folder });
  const [command = program, ...rest] = [...user.through, program];
  const server = startTied(
    command,
    [...rest, '-D', '-e', '-f', path.join(folder, 'server/config')],
    {
      env: {
        ...process.env,
        LD_LIBRARY_PATH: libraries.map((library) => path.join(folder, library)).join(':'),
      },
    },
  );
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  let gone = false;
  void server.exited.then(() => (gone = true));
  for (const deadline = Date.now() + 30_000; !gone && Date.now() < deadline; await delay(20)) {
    if (server.output().includes('Server listening on')) {
      const uri = `sftp://${user.name}@127.0.0.1:${port}${folder}/artifacts`;
      return { uri, env: { HOME: path.join(folder, 'home') }, packages, stop };
    }
  }
  await stop();
  throw new Error(`sshd did not start:\n${server.output()}`);
}

/** sshd lets its own user in alone when it is not root, and root not without a folder and a user of its own. */
async function findUser(): Promise<User> {
  const { uid, username } = userInfo();
  if (uid !== 0) return { name: username, through: [], ids: undefined };
  // Debian's `nobody` counts as locked.
  const name = 'daemon';
  const line = (await readFile('/etc/passwd', 'utf8')).match(/^daemon:[^:]*:(\d+):(\d+):/m);
  const through = ['setpriv', `--reuid=${name}`, `--regid=${name}`, '--clear-groups'];
  return { name, through, ids: [Number(line?.[1]), Number(line?.[2])] };
}

/** The server's own files, and a home for MLflow with key, known host and configuration. */
async function writeFiles(folder: string, port: number): Promise<void> {
  const [host, client] = [makeSshKey(), makeSshKey()];
  const at = (name: string): string => path.join(folder, name);
  for (const name of ['server', 'artifacts', 'home/.ssh'])
    await mkdir(at(name), { recursive: true });
  const files = {
    'server/host': host.private,
    'server/authorized': client.public,
    'server/config': config({
      Port: String(port),
      ListenAddress: '127.0.0.1',
      HostKey: at('server/host'),
      AuthorizedKeysFile: at('server/authorized'),
      StrictModes: 'no',
      UsePAM: 'no',
      PasswordAuthentication: 'no',
      KbdInteractiveAuthentication: 'no',
      PidFile: 'none',
      // MLflow opens a connection for each of its threads with every request.
      MaxStartups: '1000',
      Subsystem: 'sftp internal-sftp',
      ForceCommand: 'internal-sftp',
    }),
    'home/.ssh/key': client.private,
    // pysftp looks for the host without its port.
    'home/.ssh/known_hosts': `127.0.0.1 ${host.public}`,
    'home/.ssh/config': config({ 'Host *': '', IdentityFile: at('home/.ssh/key') }),
  };
  for (const [name, text] of Object.entries(files))
    await writeFile(at(name), text, { mode: 0o600 });
}

function config(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');
}
