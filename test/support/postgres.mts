import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../scripts/freePort.mts';
import type { MlflowServerOptions } from '../../scripts/mlflowServer.mts';
import { root } from '../../scripts/paths.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { startTied } from '../../scripts/tiedProcess.mts';

/** An empty database that ends with this process. */
export interface Postgres {
  /** What an MLflow server that keeps its data there is started with. */
  readonly mlflow: Pick<Required<MlflowServerOptions>, 'backend' | 'env'>;
  stop(): Promise<void>;
}

/** Starts a real PostgreSQL; it needs nothing that is installed, and may be called as root. */
export async function startPostgres(): Promise<Postgres> {
  const python = await ensurePython('servers');
  const folder = await mkdtemp(path.join(tmpdir(), 'postgres-'));
  const port = await freePort();
  const driver = await linkDriver(python, folder);
  const server = startTied(python, [
    path.join(root, 'test/support/postgres.py'),
    folder,
    String(port),
  ]);
  const stop = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  let gone = false;
  void server.exited.then(() => (gone = true));
  for (const deadline = Date.now() + 60_000; !gone && Date.now() < deadline; await delay(20)) {
    if (server.output().includes('ready to accept connections')) {
      const backend = `postgresql+psycopg2://mlflow@127.0.0.1:${port}/postgres`;
      return { mlflow: { backend, env: { PYTHONPATH: driver } }, stop };
    }
  }
  await stop();
  throw new Error(`PostgreSQL did not start:\n${server.output()}`);
}

/** The driver alone: what else is installed beside it is not for MLflow, which has its own. */
async function linkDriver(python: string, folder: string): Promise<string> {
  const script = "import importlib.util as u; print(u.find_spec('psycopg2').origin)";
  const origin = (await runCommand(python, ['-c', script])).trim();
  const packages = path.dirname(path.dirname(origin));
  const driver = path.join(folder, 'driver');
  await mkdir(driver);
  for (const name of ['psycopg2', 'psycopg2_binary.libs'])
    await symlink(path.join(packages, name), path.join(driver, name), 'junction');
  return driver;
}
