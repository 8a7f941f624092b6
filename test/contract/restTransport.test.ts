import assert from 'node:assert/strict';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import type { Transport } from '../../src/mlflow/transport';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { failure } from '../support/failure';
import { storeDoors } from '../support/storeDoors';

const never = new AbortController().signal;
const serverInfo = '/api/3.0/mlflow/server-info';

for (const door of storeDoors()) {
  describe(`how a REST store speaks to its server, ${door.name}`, () => {
    let server: FaultServer;

    before(() => door.start());
    after(() => door.close());
    beforeEach(async () => {
      server = await startFaultServer();
    });
    afterEach(() => server.close());

    const open = (transport: Transport, path = ''): TrackingStore =>
      door.open(server.url + path, transport);
    const headersOf = (path: string): Record<string, unknown> | undefined =>
      server.requests.findLast((request) => request.path.endsWith(path))?.headers;

    describe('the sign-in', () => {
      it('goes with every request, the first one included', async () => {
        const store = open({ authorization: 'Bearer s3cret' });
        await store.serverInfo(never);
        await store.getExperiment('1', never);
        await store.deleteRun('1r0', never);
        const sent = server.requests.map(({ headers }) => headers.authorization);
        assert.deepEqual(new Set(sent), new Set(['Bearer s3cret']));
      });

      it('wins over the user of the address', async () => {
        const uri = server.url.replace('//', '//kim:pass@');
        await door.open(uri, { authorization: 'Bearer s3cret' }).getExperiment('1', never);
        assert.equal(headersOf('/get')?.['authorization'], 'Bearer s3cret');
      });

      it('is missing, or was refused: a 401 says which', async () => {
        server.setFault('experiments/get', faults.unauthorized);
        const ask = (store: TrackingStore) => failure(store.getExperiment('1', never));
        assert.equal((await ask(open({}))).reason, 'signIn');
        const refused = await ask(open({ authorization: 'Bearer s3cret' }));
        assert.deepEqual([refused.kind, refused.reason], ['unauthorized', 'signInRefused']);
        const inHeader = await ask(open({ headers: { AUTHORIZATION: 'Bearer s3cret' } }));
        assert.equal(inHeader.reason, 'signInRefused');
      });

      it('shows neither in failures nor in the log', async () => {
        const store = open({ authorization: 'Bearer s3cret', headers: { 'x-key': 's3cret' } });
        server.setFault('experiments/get', faults.internalError);
        const error = await failure(store.getExperiment('1', never));
        assert.doesNotMatch(JSON.stringify([error, error.message, door.lines]), /s3cret/);
      });
    });

    it('refuses a header that HTTP does not allow before it asks anything', async () => {
      const ask = async (): Promise<unknown> =>
        open({ headers: { 'X-A': 'a\nb' } }).getExperiment('1', never);
      const error = await failure(ask());
      assert.deepEqual([error.kind, error.reason], ['unsupported', 'transport']);
      assert.equal(server.requests.length, 0);
    });

    describe('the workspace', () => {
      const workspaces = faults.json('{"store_type": "SqlStore", "workspaces_enabled": true}');
      const header = 'x-mlflow-workspace';

      it('goes with every request for data to a server that has workspaces', async () => {
        server.setFault(serverInfo, workspaces);
        const store = open({ workspace: 'seats' });
        await store.getExperiment('1', never);
        await store.deleteRun('1r0', never);
        assert.equal(headersOf('/experiments/get')?.[header], 'seats');
        assert.equal(headersOf('/runs/delete')?.[header], 'seats');
        assert.equal(headersOf(serverInfo)?.[header], undefined);
      });

      it('is kept from a server that has none, and the log says so once', async () => {
        const store = open({ workspace: 'seats' });
        await store.getExperiment('1', never);
        await store.getExperiment('2', never);
        assert.equal(headersOf('/experiments/get')?.[header], undefined);
        const notes = door.lines.filter(
          (line) => line.startsWith(server.url) && line.includes('no workspaces'),
        );
        assert.equal(notes.length, 1);
      });

      it('waits until the server has said what it is', async () => {
        server.setFault(serverInfo, faults.html502);
        const error = await failure(open({ workspace: 'seats' }).getExperiment('1', never));
        assert.equal(error.reason, 'serverError');
        assert.equal(headersOf('/experiments/get'), undefined);
      });
    });

    describe('redirects', () => {
      it('lead nothing to another origin, headers included', async () => {
        const other = await startFaultServer();
        const store = open({ authorization: 'Bearer s3cret', headers: { 'x-key': 's3cret' } });
        for (const status of [301, 302, 303, 307, 308]) {
          server.setFault('experiments/get', faults.redirect(`${other.url}/x`, status));
          const error = await failure(store.getExperiment('1', never));
          assert.equal(error.reason, 'redirect');
          assert.equal(error.detail.serverMessage, other.url);
        }
        assert.equal(other.requests.length, 0);
        await other.close();
      });

      it('count a host by another name as another origin', async () => {
        const location = `${server.url.replace('127.0.0.1', 'localhost')}/x`;
        server.setFault('experiments/get', faults.redirect(location));
        assert.equal((await failure(open({}).getExperiment('1', never))).reason, 'redirect');
      });

      it('within the origin repeat a read as it was', async () => {
        const query = { experimentIds: ['1'], view: 'active', maxResults: 1 } as const;
        for (const status of [301, 302, 307, 308]) {
          const to = faults.redirect('/api/2.0/mlflow/runs/search?again', status);
          server.setFault('runs/search', to, { times: 1 });
          assert.equal((await open({}).searchRuns(query, never)).items.length, 1);
        }
        server.setFault('runs/search', faults.redirect('/elsewhere', 303));
        assert.equal((await failure(open({}).searchRuns(query, never))).reason, 'redirect');
      });

      it('to nowhere are failures', async () => {
        for (const location of ['http://', 'http://[', '//']) {
          server.setFault('experiments/get', faults.redirect(location));
          assert.equal((await failure(open({}).getExperiment('1', never))).reason, 'redirect');
        }
      });
    });

    describe('a server that changes under us', () => {
      const version = (text: string) =>
        ({ kind: 'reply', status: 200, type: 'text/html', body: text }) as const;
      const oldInfo = faults.html404;

      it('is asked what it is again on demand', async () => {
        const store = open({});
        assert.equal((await store.serverInfo(never)).version, '3.17.2');
        server.setFault('/version', version('2.22.5'));
        server.setFault(serverInfo, oldInfo);
        assert.equal((await store.serverInfo(never)).version, '3.17.2');
        const info = await store.recheck(never);
        assert.deepEqual([info.version, info.can.loggedModels], ['2.22.5', false]);
        assert.equal((await store.serverInfo(never)).version, '2.22.5');
      });

      it('is asked what it is again after it could not be reached', async () => {
        const store = open({});
        await store.serverInfo(never);
        await server.goDown();
        await failure(store.getExperiment('1', never));
        await server.comeBack();
        server.setFault('/version', version('2.22.5'));
        server.setFault(serverInfo, oldInfo);
        assert.equal((await store.serverInfo(never)).version, '2.22.5');
      });

      it('has no logged models once it is an older one', async () => {
        const store = open({});
        await store.serverInfo(never);
        server.setFault('/version', version('2.22.5'));
        server.setFault(serverInfo, oldInfo);
        server.setFault('logged-models/search', faults.html404);
        const query = { experimentIds: ['1'], maxResults: 1 };
        const error = await failure(store.searchLoggedModels(query, never));
        assert.deepEqual([error.kind, error.reason], ['unsupported', 'feature']);
        assert.equal(error.detail.serverMessage, 'MLflow 2.22.5');
      });

      it('moves its API behind a static prefix, where it is found again', async () => {
        // MLflow 3 answers below the prefix, MLflow 2 at the root.
        server.setFault('/mlflow/version', version('3.17.2'));
        const below = '/mlflow/api/2.0/mlflow/experiments/get';
        const moved = faults.redirect('/api/2.0/mlflow/experiments/get?experiment_id=1', 307);
        server.setFault(below, moved);
        const store = open({}, '/mlflow');
        await store.getExperiment('1', never);
        server.setFault('/mlflow/version', faults.html404);
        server.setFault(below, faults.html404);
        assert.equal((await store.getExperiment('1', never)).id, '1');
        const before = server.requests.length;
        await store.getExperiment('1', never);
        assert.equal(server.requests.length, before + 1);
      });

      it('that is gone behind its prefix is looked for once', async () => {
        const page = faults.html404;
        server.setFault('/mlflow/version', version('3.17.2'));
        server.setFault('/mlflow/api/2.0/mlflow/experiments/get', page);
        const error = await failure(open({}, '/mlflow').getExperiment('1', never));
        assert.equal(error.reason, 'html');
      });
    });
  });
}
