import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/paths.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { startTied } from '../../scripts/tiedProcess.mts';

/** A proxy program of its own, which wants user `kim` with password `pr0xy`. */
export interface RealProxy {
  /** Without user and password. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts proxy.py on a free port; every host name leads to this machine. */
export async function startRealProxy(): Promise<RealProxy> {
  const python = await ensurePython('servers');
  const folder = await mkdtemp(path.join(tmpdir(), 'real-proxy-'));
  const portFile = path.join(folder, 'port');
  const proxy = startTied(
    python,
    [
      ...['-m', 'proxy', '--hostname', '127.0.0.1', '--port', '0', '--port-file', portFile],
      ...['--num-acceptors', '1', '--num-workers', '1', '--data-dir', folder],
      ...['--basic-auth', 'kim:pr0xy', '--plugins', 'localNames.LocalNames'],
    ],
    { env: { ...process.env, PYTHONPATH: path.join(root, 'test', 'support') } },
  );
  let gone = false;
  void proxy.exited.then(() => (gone = true));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  for (const deadline = Date.now() + 30_000; !gone && Date.now() < deadline; await delay(50)) {
    const port = Number.parseInt(await readFile(portFile, 'utf8').catch(() => ''), 10);
    if (!Number.isNaN(port)) {
      const stop = (): Promise<void> => proxy.stop().then(remove);
      return { url: `http://127.0.0.1:${port}`, port, stop };
    }
  }
  await proxy.stop();
  await remove();
  throw new Error(`the proxy did not start:\n${proxy.output()}`);
}
