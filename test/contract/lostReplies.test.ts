import assert from 'node:assert/strict';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { type Fault, type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { failure } from '../support/failure';
import { storeDoors } from '../support/storeDoors';
import { lostWrites, manyParams, newVersion, paramsOf, runStage } from './lostReplyCases';

const never = new AbortController().signal;

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

    for (const [name, { call, prepare, run, isDone }] of Object.entries(lostWrites)) {
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

    it('createRun: finds its run when only the reply was lost', async () => {
      const tags = [{ key: 'mlflow.user', value: 'kim' }];
      server.setFault('runs/create', faults.carriedOutThenReset);
      const made = await store.createRun('2', { name: 'fresh', startTime: 1, tags }, never);
      assert.deepEqual([made.name, made.experimentId, made.status], ['fresh', '2', 'RUNNING']);
      assert.ok(made.tags.some(({ key, value }) => key === 'mlflow.user' && value === 'kim'));
      assert.equal(sent('runs/create'), 1);
    });

    it('createRun: is never sent twice', async () => {
      server.setFault('runs/create', { kind: 'reset' }, { times: 1 });
      const made = store.createRun('2', { name: 'fresh', startTime: 1, tags: [] }, never);
      assert.equal((await failure(made)).reason, 'cut');
      assert.equal(sent('runs/create'), 1);
    });

    it('logParams: sends a hundred at a time', async () => {
      await store.logParams('1r0', manyParams, never);
      assert.equal(sent('runs/log-batch'), 3);
      assert.equal((await paramsOf(store)).get('p249'), '249');
    });

    it('logParam: says that the param has another value, also after a lost reply', async () => {
      await store.logParam('1r0', 'beta', '0.1', never);
      server.setFault('runs/log-parameter', { kind: 'reset' }, { times: 1 });
      const error = await failure(store.logParam('1r0', 'beta', '0.2', never));
      assert.deepEqual([error.kind, error.reason], ['rejected', 'paramTaken']);
    });

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
