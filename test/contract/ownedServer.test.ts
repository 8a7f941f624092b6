import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { OtherSchemaError, OwnedServer } from '../../src/connections/ownedServer';
import { openStore } from '../../src/stores/openStore';
import { makeDatabase } from '../support/sqliteFile';

const never = new AbortController().signal;
const ignore = (): void => undefined;
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

describe('a server of our own', function () {
  this.timeout(180_000);

  let directory: string;
  let database: string;
  let python: string;

  before(async () => {
    python = await ensurePython('demo');
  });

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'owned-'));
    database = path.join(directory, 'mlflow.db');
  });

  afterEach(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }));

  it('does not migrate a database of another version, and names both schemas', async () => {
    makeDatabase(database).close();
    const before = await readFile(database);
    const backend = `sqlite:///${database}`;
    const options = { python, backend, directory, artifactRoot: directory, database, log };
    await assert.rejects(OwnedServer.start(options, never), (error) => {
      assert.ok(error instanceof OtherSchemaError);
      assert.equal(error.found, '0584bdc529eb');
      assert.match(error.wanted, /^[0-9a-f]{12}$/);
      return true;
    });
    assert.deepEqual(await readFile(database), before);
  });

  for (const kind of ['database', 'folder'] as const) {
    it(`puts artifacts of new experiments beside a ${kind}, where scripts can reach them`, async () => {
      const runs = path.join(directory, 'mlruns');
      await mkdir(runs);
      const isDatabase = kind === 'database';
      const server = await OwnedServer.start(
        {
          python,
          backend: isDatabase ? `sqlite:///${database}` : runs,
          directory,
          artifactRoot: runs,
          database: isDatabase ? database : undefined,
          log,
        },
        never,
      );
      const store = openStore({ uri: server.url }, ignore);
      try {
        const id = await store.createExperiment('lab', never);
        const { artifactLocation } = await store.getExperiment(id, never);
        assert.equal(artifactLocation.replace(/^file:\/\//, ''), path.join(runs, id));
      } finally {
        store.dispose();
        server.dispose();
      }
    });
  }
});
