import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { OtherSchemaError, OwnedServer } from '../../src/connections/ownedServer';
import { LocalConnection } from '../../src/connections/localConnection';
import { Models } from '../../src/state/models';
import { ModelWrites } from '../../src/state/modelWrites';
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
    const start = (runs: string): Promise<OwnedServer> => {
      const isDatabase = kind === 'database';
      const backend = isDatabase ? `sqlite:///${database}` : runs;
      const file = isDatabase ? database : undefined;
      const options = { python, backend, directory, artifactRoot: runs, database: file, log };
      return OwnedServer.start(options, never);
    };

    it(`puts artifacts of new experiments beside a ${kind}, where scripts can reach them`, async () => {
      const runs = path.join(directory, 'mlruns');
      await mkdir(runs);
      const server = await start(runs);
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

    it(`promotes versions in a ${kind} through it, reads them in place, and takes it back`, async () => {
      const runs = path.join(directory, 'mlruns');
      await mkdir(runs);
      const server = await start(runs);
      const uri = kind === 'database' ? `sqlite:///${database}` : runs;
      const local = new LocalConnection({
        path: uri,
        store: openStore({ uri }, ignore),
        server: () => Promise.resolve(server),
        openServer: (url) => openStore({ uri: url }, ignore),
      });
      const { store } = local;
      const models = new Models(store);
      try {
        // MLflow's own store of files takes no percent sign.
        const name = kind === 'database' ? '좌석 50%' : '좌석 50';
        const writes = new ModelWrites(store, models);
        const of = { runId: undefined, modelId: undefined, description: '', tags: [] };
        await writes.createModel(name);
        for (const version of ['1', '2']) {
          await writes.register({ ...of, name, source: `s3://bucket/${version}` });
        }
        await store.transitionStage(name, '1', 'Production', false, never);
        const before = await writes.stateOf(name);
        assert.deepEqual([...before.stages.values()].sort(), ['None', 'Production']);
        const move = await writes.carryOut(name, before, [
          { kind: 'stage', version: '2', stage: 'Production', archiveOthers: true },
          { kind: 'setAlias', alias: 'production', version: '2' },
        ]);
        assert.deepEqual([move.after?.stages.get('1'), move.error], ['Archived', undefined]);
        assert.equal(move.after?.aliases.get('production'), '2');
        await writes.undo(move);
        assert.deepEqual(await writes.stateOf(name), before);
        models.setSearch("name LIKE '%50%'");
        await models.list.ensure();
        assert.deepEqual([models.list.size, models.list.error], [1, undefined]);
      } finally {
        models.dispose();
        local.dispose();
        server.dispose();
      }
    });
  }
});
