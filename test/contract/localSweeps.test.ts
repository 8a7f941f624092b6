import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { LocalConnection } from '../../src/connections/localConnection';
import { OwnedServer } from '../../src/connections/ownedServer';
import { childrenOf } from '../../src/mlflow/filterText';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { claimsFor } from '../../src/projects/claims';
import { Sweeps } from '../../src/projects/sweeps';
import { combinationTag, readClaims, tagOf } from '../../src/projects/sweepTags';
import { openStore } from '../../src/stores/openStore';
import { failure } from '../support/failure';
import { hastyClock, machineWith, requestOf, sweepHost } from '../support/sweepMachine';

const never = new AbortController().signal;
const ignore = (): void => undefined;
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

for (const kind of ['database', 'folder'] as const) {
  describe(`sweeps in a ${kind} that is read in place`, function () {
    this.timeout(180_000);
    let directory: string;
    let runs: string;
    let uri: string;
    let python: string;
    let server: OwnedServer;
    let local: LocalConnection;
    let store: TrackingStore;

    before(async () => {
      python = await ensurePython('demo');
      directory = await mkdtemp(path.join(tmpdir(), 'mlflow-local-'));
      runs = path.join(directory, 'mlruns');
      await mkdir(runs);
      const database = path.join(directory, 'mlflow.db');
      uri = kind === 'database' ? `sqlite:///${database}` : runs;
      const place = { directory, artifactRoot: runs, log };
      server = await OwnedServer.start(
        { ...place, python, backend: uri, database: kind === 'database' ? database : undefined },
        never,
      );
      local = new LocalConnection({
        path: uri,
        store: openStore({ uri }, ignore),
        server: () => Promise.resolve(server),
        openServer: (url) => openStore({ uri: url }, ignore),
      });
      ({ store } = local);
    });
    after(async () => {
      local.dispose();
      server.dispose();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    });

    it('begin, fill, end and reopen runs', async () => {
      const experiment = await store.createExperiment('runs', never);
      const tags = [{ key: 'mlflow.user', value: 'kim' }];
      const { id } = await store.createRun(experiment, { name: 'a', startTime: 12, tags }, never);
      const params = Array.from({ length: 230 }, (_, n) => ({ key: `p${n}`, value: `값 ${n}\n` }));
      await store.logParams(id, params, never);
      await store.logParam(id, 'claim.0.0', 'one', never);
      const { kind: failed, reason } = await failure(store.logParam(id, 'claim.0.0', 'two', never));
      assert.deepEqual([failed, reason], ['rejected', 'paramTaken']);
      await store.setRunTag(id, 'beat', '1', never);
      await store.deleteRunTag(id, 'beat', never);
      await store.endRun(id, 'KILLED', 34, never);
      const run = await store.getRun(id, never);
      assert.deepEqual(
        [run.name, run.status, run.startTime, run.endTime, run.userId, tagOf(run, 'beat')],
        ['a', 'KILLED', 12, 34, 'kim', undefined],
      );
      const given = new Map(run.params.map(({ key, value }) => [key, value]));
      assert.deepEqual([given.size, given.get('claim.0.0')], [231, 'one']);
      assert.ok(params.every(({ key, value }) => given.get(key) === value));
      await store.reopenRun(id, never);
      assert.equal((await store.getRun(id, never)).status, 'RUNNING');
    });

    it('are carried out by two windows, one run of each combination', async () => {
      await writeFile(path.join(directory, 'train.py'), 'import time\ntime.sleep(0.1)\n');
      const program = { kind: 'script', file: 'train.py', folder: directory } as const;
      const experiment = await store.createExperiment('sweep', never);
      const sweeps = new Sweeps(hastyClock(15));
      const lines: string[] = [];
      const fileStoreFolder = kind === 'folder' ? { fileStoreFolder: runs } : {};
      const hostOf = (claimant: string) =>
        sweepHost(store, { uri: server.url, python, claimant, ...fileStoreFolder }, lines);
      const request = requestOf('alpha: [1, 2, 3, 4, 5]\n', program, experiment, 1);
      const first = await sweeps.launch(request, hostOf('one'), never);
      const options = { retryFailed: false };
      const second = await sweeps.resume(
        ...([first.parentRunId, machineWith(1), hostOf('two'), options, never] as const),
      );
      const ends = await Promise.all([first.ended, second.ended]);
      assert.deepEqual(
        ends.map(({ state }) => state),
        ['finished', 'finished'],
        lines.join('\n'),
      );
      const filter = childrenOf(first.parentRunId);
      const query = {
        experimentIds: [experiment],
        filter,
        view: 'active',
        maxResults: 100,
      } as const;
      const children = (await store.searchRuns(query, never)).items;
      assert.deepEqual(
        children.map((run) => `${tagOf(run, combinationTag)} ${run.status}`).toSorted(),
        ['0', '1', '2', '3', '4'].map((number) => `${number} FINISHED`),
      );
      assert.equal((await store.getRun(first.parentRunId, never)).status, 'FINISHED');
      const locks = path.join(runs, experiment, first.parentRunId, 'claims');
      const expected = kind === 'folder' ? 5 : undefined;
      assert.equal((await readdir(locks).catch(() => undefined))?.length, expected);
    });

    it('have claims that go to one of two windows', async () => {
      const experiment = await store.createExperiment('claims', never);
      const made = { name: 'p', startTime: 1, tags: [] };
      const parent = await store.createRun(experiment, made, never);
      const place = { store, parent, fileStoreFolder: kind === 'folder' ? runs : undefined };
      const winners: string[][] = [];
      const both = await Promise.all(
        ['a', 'b'].map((claimant) => claimsFor({ ...place, claimant }, never)),
      );
      for (let number = 0; number < 5; number++) {
        const won = await Promise.all(both.map((claims) => claims.claim(number, 0, never)));
        winners.push(['a', 'b'].filter((_, place) => won[place]));
      }
      const told = readClaims(await store.getRun(parent.id, never)).toSorted(
        (a, b) => a.number - b.number,
      );
      assert.deepEqual(
        winners,
        told.map(({ claimant }) => [claimant]),
      );
      assert.equal(told.length, 5);
    });
  });
}
