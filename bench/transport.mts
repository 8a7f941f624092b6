/**
 * What our way to a server costs over bare undici requests, in one run, taking turns:
 *
 * - one request of our HTTP client, with sign-in, headers, retries, deadline and log, against undici's
 *   `request` with the same headers, to a server that answers at once; both parse the body
 * - 1,000 deletions of runs in bulk through the store worker, with progress, against 1,000 bare
 *   requests, as many at a time, on a real MLflow with SQLite and with PostgreSQL
 *
 * Needs Node 24 and prints ratios.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMlflow } from '../scripts/mlflowServer.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { startPostgres } from '../test/support/postgres.mts';
import { bundleOurs } from './bundleOurs.mts';
import { measureDeletions } from './deletions.mts';
import { measureRequests } from './requests.mts';

const folder = await mkdtemp(path.join(tmpdir(), 'bench-transport-'));
const postgres = await startPostgres();
try {
  const ours = await bundleOurs(folder);
  await measureRequests(ours);
  const python = await ensurePython('demo');
  for (const database of ['SQLite', 'PostgreSQL']) {
    const directory = path.join(folder, database);
    const backend = database === 'PostgreSQL' ? postgres.mlflow : {};
    const server = await startMlflow({ python, directory, ...backend });
    try {
      await measureDeletions(ours, server.url, database);
    } finally {
      await server.stop();
    }
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
