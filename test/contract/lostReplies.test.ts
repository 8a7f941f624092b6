import assert from 'node:assert/strict';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { type Fault, type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { failure } from '../support/failure';
import { storeDoors } from '../support/storeDoors';

const never = new AbortController().signal;

interface Write {
  /** Below `/api/2.0/mlflow/`. */
  readonly call: string;
  /** What has to be so before. */
  readonly prepare?: (store: TrackingStore) => Promise<unknown>;
  readonly run: (store: TrackingStore, signal: AbortSignal) => Promise<unknown>;
  readonly isDone: (store: TrackingStore) => Promise<boolean>;
}

const experimentTag = async (store: TrackingStore): Promise<string | undefined> =>
  (await store.getExperiment('1', never)).tags.find(({ key }) => key === 'team')?.value;
const runTag = async (store: TrackingStore): Promise<string | undefined> =>
  (await store.getRun('1r0', never)).tags.find(({ key }) => key === 'team')?.value;
const experimentStage = async (store: TrackingStore): Promise<string> =>
  (await store.getExperiment('1', never)).lifecycleStage;
const runStage = async (store: TrackingStore): Promise<string> =>
  (await store.getRun('1r0', never)).lifecycleStage;

const writes: Readonly<Record<string, Write>> = {
  createExperiment: {
    call: 'experiments/create',
    run: (store, signal) => store.createExperiment('fresh', signal),
    isDone: async (store) => (await store.getExperiment('4', never)).name === 'fresh',
  },
  renameExperiment: {
    call: 'experiments/update',
    run: (store, signal) => store.renameExperiment('1', 'other', signal),
    isDone: async (store) => (await store.getExperiment('1', never)).name === 'other',
  },
  deleteExperiment: {
    call: 'experiments/delete',
    run: (store, signal) => store.deleteExperiment('1', signal),
    isDone: async (store) => (await experimentStage(store)) === 'deleted',
  },
  restoreExperiment: {
    call: 'experiments/restore',
    prepare: (store) => store.deleteExperiment('1', never),
    run: (store, signal) => store.restoreExperiment('1', signal),
    isDone: async (store) => (await experimentStage(store)) === 'active',
  },
  setExperimentTag: {
    call: 'experiments/set-experiment-tag',
    run: (store, signal) => store.setExperimentTag('1', 'team', 'seats', signal),
    isDone: async (store) => (await experimentTag(store)) === 'seats',
  },
  renameRun: {
    call: 'runs/update',
    run: (store, signal) => store.renameRun('1r0', 'other', signal),
    isDone: async (store) => (await store.getRun('1r0', never)).name === 'other',
  },
  deleteRun: {
    call: 'runs/delete',
    run: (store, signal) => store.deleteRun('1r0', signal),
    isDone: async (store) => (await runStage(store)) === 'deleted',
  },
  restoreRun: {
    call: 'runs/restore',
    prepare: (store) => store.deleteRun('1r0', never),
    run: (store, signal) => store.restoreRun('1r0', signal),
    isDone: async (store) => (await runStage(store)) === 'active',
  },
  setRunTag: {
    call: 'runs/set-tag',
    run: (store, signal) => store.setRunTag('1r0', 'team', 'seats', signal),
    isDone: async (store) => (await runTag(store)) === 'seats',
  },
  deleteRunTag: {
    call: 'runs/delete-tag',
    prepare: (store) => store.setRunTag('1r0', 'team', 'seats', never),
    run: (store, signal) => store.deleteRunTag('1r0', 'team', signal),
    isDone: async (store) => (await runTag(store)) === undefined,
  },
};

const modelOf = (store: TrackingStore) => store.getRegisteredModel('model 1', never);
const versionOf = (store: TrackingStore) => store.getModelVersion('model 1', '1', never);
const newVersion = {
  ...{ name: 'model 1', source: 'runs:/1r0/model', runId: '1r0', modelId: undefined },
  ...{ description: 'd', tags: [{ key: 'k', value: 'v' }] },
} as const;
const stageOfOther = async (store: TrackingStore): Promise<string> =>
  (await store.getModelVersion('model 1', '2', never)).stage;

const registryWrites: Readonly<Record<string, Write>> = {
  createRegisteredModel: {
    call: 'registered-models/create',
    run: (store, signal) => store.createRegisteredModel('fresh', signal),
    isDone: async (store) => (await store.getRegisteredModel('fresh', never)).name === 'fresh',
  },
  renameRegisteredModel: {
    call: 'registered-models/rename',
    run: (store, signal) => store.renameRegisteredModel('model 1', 'other', signal),
    isDone: async (store) => (await store.getRegisteredModel('other', never)).name === 'other',
  },
  describeRegisteredModel: {
    call: 'registered-models/update',
    run: (store, signal) => store.describeRegisteredModel('model 1', 'd', signal),
    isDone: async (store) => (await modelOf(store)).description === 'd',
  },
  deleteRegisteredModel: {
    call: 'registered-models/delete',
    run: (store, signal) => store.deleteRegisteredModel('model 1', signal),
    isDone: async (store) =>
      modelOf(store).then(
        () => false,
        () => true,
      ),
  },
  setModelTag: {
    call: 'registered-models/set-tag',
    run: (store, signal) => store.setModelTag('model 1', 'k', 'v', signal),
    isDone: async (store) => (await modelOf(store)).tags.length === 1,
  },
  deleteModelTag: {
    call: 'registered-models/delete-tag',
    prepare: (store) => store.setModelTag('model 1', 'k', 'v', never),
    run: (store, signal) => store.deleteModelTag('model 1', 'k', signal),
    isDone: async (store) => (await modelOf(store)).tags.length === 0,
  },
  describeModelVersion: {
    call: 'model-versions/update',
    run: (store, signal) => store.describeModelVersion('model 1', '1', 'd', signal),
    isDone: async (store) => (await versionOf(store)).description === 'd',
  },
  deleteModelVersion: {
    call: 'model-versions/delete',
    run: (store, signal) => store.deleteModelVersion('model 1', '1', signal),
    isDone: async (store) =>
      versionOf(store).then(
        () => false,
        () => true,
      ),
  },
  transitionStage: {
    call: 'model-versions/transition-stage',
    run: (store, signal) => store.transitionStage('model 1', '1', 'Production', true, signal),
    isDone: async (store) =>
      (await versionOf(store)).stage === 'Production' && (await stageOfOther(store)) === 'Archived',
  },
  setVersionTag: {
    call: 'model-versions/set-tag',
    run: (store, signal) => store.setVersionTag('model 1', '1', 'k', 'v', signal),
    isDone: async (store) => (await versionOf(store)).tags.length === 1,
  },
  deleteVersionTag: {
    call: 'model-versions/delete-tag',
    prepare: (store) => store.setVersionTag('model 1', '1', 'k', 'v', never),
    run: (store, signal) => store.deleteVersionTag('model 1', '1', 'k', signal),
    isDone: async (store) => (await versionOf(store)).tags.length === 0,
  },
  setAlias: {
    call: 'registered-models/alias',
    run: (store, signal) => store.setAlias('model 1', 'champion', '1', signal),
    isDone: async (store) => (await modelOf(store)).aliases[0]?.version === '1',
  },
  deleteAlias: {
    call: 'registered-models/alias',
    run: (store, signal) => store.deleteAlias('model 1', 'champion', signal),
    isDone: async (store) => (await modelOf(store)).aliases.length === 0,
  },
};

const done = (then: Fault): Fault => ({ kind: 'carriedOut', then });

for (const door of storeDoors()) {
  describe(`a REST store that loses the replies to its writes, ${door.name}`, () => {
    let server: FaultServer;
    let store: TrackingStore;

    before(() => door.start());
    after(() => door.close());
    beforeEach(async () => {
      server = await startFaultServer();
      store = door.open(server.url);
    });
    afterEach(async () => {
      store.dispose();
      await server.close();
    });

    const sent = (call: string): number =>
      server.requests.filter(({ path }) => path.endsWith(`/${call}`)).length;

    const all = { ...writes, ...registryWrites };
    for (const [name, { call, prepare, run, isDone }] of Object.entries(all)) {
      it(`${name}: succeeds and is sent once when the reply comes`, async () => {
        await prepare?.(store);
        await run(store, never);
        assert.ok(await isDone(store));
        assert.equal(sent(call), 1);
      });

      it(`${name}: succeeds and is sent once when only the reply was lost`, async () => {
        await prepare?.(store);
        server.setFault(call, faults.carriedOutThenReset);
        await run(store, never);
        assert.ok(await isDone(store));
        assert.equal(sent(call), 1);
      });

      it(`${name}: is sent again when it is looked up and not there`, async () => {
        await prepare?.(store);
        server.setFault(call, { kind: 'reset' }, { times: 1 });
        await run(store, never);
        assert.ok(await isDone(store));
        assert.equal(sent(call), 2);
      });

      it(`${name}: fails when every try is reset and nothing was done`, async () => {
        await prepare?.(store);
        server.setFault(call, { kind: 'reset' });
        assert.equal((await failure(run(store, never))).reason, 'cut');
        assert.ok(!(await isDone(store).catch(() => false)));
        assert.equal(sent(call), 2);
      });

      it(`${name}: has no known outcome when nothing can be looked up either`, async () => {
        await prepare?.(store);
        const wentDown = server.nextRequest(call).then(() => server.setFault('*', faults.html502));
        server.setFault(call, faults.carriedOutThenReset);
        const error = await failure(run(store, never));
        await wentDown;
        assert.deepEqual([error.kind, error.reason], ['unreachable', 'unknownOutcome']);
        assert.equal(sent(call), 1);
      });
    }

    it('createModelVersion: finds its version when only the reply was lost', async () => {
      server.setFault('model-versions/create', faults.carriedOutThenReset);
      const made = await store.createModelVersion(newVersion, never);
      assert.deepEqual(
        [made.version, made.source, made.runId, made.description, made.tags],
        ['3', 'runs:/1r0/model', '1r0', 'd', [{ key: 'k', value: 'v' }]],
      );
      assert.equal(sent('model-versions/create'), 1);
    });

    it('createModelVersion: is never sent twice', async () => {
      server.setFault('model-versions/create', { kind: 'reset' }, { times: 1 });
      assert.equal((await failure(store.createModelVersion(newVersion, never))).reason, 'cut');
      assert.equal(sent('model-versions/create'), 1);
    });

    it('createModelVersion: takes no version of somebody else for its own', async () => {
      const other = { ...newVersion, source: 'runs:/1r0/other' };
      const coming = server.nextRequest('model-versions/create');
      server.setFault('model-versions/create', { kind: 'slow', milliseconds: 20 });
      const made = store.createModelVersion(newVersion, never);
      await coming;
      server.setFault('model-versions/create', faults.carriedOutThenReset);
      const second = await store.createModelVersion(other, never);
      assert.equal(second.source, 'runs:/1r0/other');
      assert.equal((await made).source, 'runs:/1r0/model');
    });

    it('deleteModelVersion: succeeds when it is found to be gone after it was sent again', async () => {
      server.setFault('model-versions/delete', faults.carriedOutThenReset, { times: 1 });
      await store.deleteModelVersion('model 1', '1', never);
      assert.equal(sent('model-versions/delete'), 1);
    });

    for (const [what, fault, reason] of [
      ['500', faults.internalError, 'serverError'],
      ['502', faults.html502, 'serverError'],
      ['429', faults.tooManyRequests, 'busy'],
      ['a short Retry-After', faults.busy('1'), 'busy'],
      ['a sign-in page', faults.loginPage, 'html'],
      ['401', faults.unauthorized, 'signIn'],
      ['a redirect elsewhere', faults.redirect('https://example.com/', 307), 'redirect'],
      ['a redirect that could lose the body', faults.redirect('/api/x'), 'redirect'],
    ] as const) {
      it(`are sent once when the answer is ${what}`, async () => {
        server.setFault('runs/delete', fault);
        const error = await failure(store.deleteRun('1r0', never));
        assert.equal(error.reason, reason);
        assert.equal(sent('runs/delete'), 1);
        assert.equal(await runStage(store), 'active');
      });
    }

    it('follow a redirect that promises to keep method and body', async () => {
      server.setFault('runs/delete', faults.redirect('/api/2.0/mlflow/runs/delete?x', 307), {
        times: 1,
      });
      await store.deleteRun('1r0', never);
      assert.equal(await runStage(store), 'deleted');
    });

    it('succeed when the server broke only after it was done', async () => {
      server.setFault('runs/delete', done(faults.html502));
      await store.deleteRun('1r0', never);
      assert.equal(sent('runs/delete'), 1);
    });

    it('have not been sent when the server could not even be asked where its API is', async () => {
      const behindPrefix = door.open(`${server.url}/mlflow`);
      server.setFault('*', { kind: 'reset' });
      const error = await failure(behindPrefix.deleteRun('1r0', never));
      assert.deepEqual([error.reason, error.detail.notSent], ['cut', true]);
      assert.equal(sent('runs/delete'), 0);
    });

    it('have not been sent when the server could not even be asked whether it has workspaces', async () => {
      const ofWorkspace = door.open(server.url, { workspace: 'seats' });
      server.setFault('/api/3.0/mlflow/server-info', faults.html502);
      const error = await failure(ofWorkspace.deleteRun('1r0', never));
      assert.deepEqual([error.reason, error.detail.notSent], ['serverError', true]);
      assert.equal(sent('runs/delete'), 0);
    });

    it('have no known outcome once the store is disposed of', async () => {
      server.setFault('runs/delete', { kind: 'silence' });
      const coming = server.nextRequest('runs/delete');
      const outcome = failure(store.deleteRun('1r0', never));
      const { disconnected } = await coming;
      store.dispose();
      const { reason } = await outcome;
      assert.equal(reason, 'unknownOutcome');
      await disconnected;
    });

    it('are never taken for the work of whoever held the name before', async () => {
      server.setFault('experiments/create', { kind: 'reset' }, { times: 1 });
      const error = await failure(store.createExperiment('experiment 2', never));
      assert.deepEqual([error.kind, error.reason], ['rejected', 'invalid']);
      assert.match(error.detail.serverMessage ?? '', /already exists/);
    });

    it('give up at once when cancelled, while sent and while looked up', async () => {
      const sending = new AbortController();
      server.setFault('runs/delete', { kind: 'silence' });
      const sentNow = server.nextRequest('runs/delete');
      const first = store.deleteRun('1r0', sending.signal);
      await sentNow;
      sending.abort(new Error('any reason'));
      await assert.rejects(first, { name: 'AbortError' });

      const looking = new AbortController();
      server.setFault('runs/delete', { kind: 'reset' });
      server.setFault('runs/get', { kind: 'silence' });
      const lookedUp = server.nextRequest('runs/get');
      const second = store.deleteRun('1r0', looking.signal);
      await lookedUp;
      looking.abort(new Error('any reason'));
      await assert.rejects(second, { name: 'AbortError' });
      assert.equal(sent('runs/delete'), 2);
    });

    it('know that a long value which the server cut was set', async () => {
      const value = 'x'.repeat(9_000);
      server.setFault('runs/set-tag', { kind: 'reset' });
      const cut = { key: 'note', value: value.slice(0, 8_000) };
      server.setFault(
        'runs/get',
        faults.json(
          JSON.stringify({
            run: {
              info: { run_id: '1r0', experiment_id: '1', status: 'FINISHED', run_name: 'a' },
              data: { tags: [cut] },
            },
          }),
        ),
      );
      await store.setRunTag('1r0', 'note', value, never);
    });
  });
}
