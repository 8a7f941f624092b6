import assert from 'node:assert/strict';
import type { Page, RunQuery, TrackingStore } from '../../src/mlflow/trackingStore';
import type { Run } from '../../src/mlflow/model';
import { type Fault, type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { failure } from '../support/failure';
import { storeDoors } from '../support/storeDoors';

const never = new AbortController().signal;
const query: RunQuery = { experimentIds: ['1'], view: 'active', maxResults: 10 };
const searchRuns = (store: TrackingStore, signal = never): Promise<Page<Run>> =>
  store.searchRuns(query, signal);

/** What a failing `runs/search` must be called; `message` is what the server said. */
const expectations: readonly [string, Fault, string, string, string?][] = [
  ['a reset connection', { kind: 'reset' }, 'unreachable', 'cut'],
  ['an answer cut in the middle', { kind: 'cut' }, 'unreachable', 'cut'],
  ['half an answer', { kind: 'half' }, 'malformed', 'json'],
  ['no JSON', faults.json('runs: []'), 'malformed', 'json'],
  ['an empty answer', faults.json(''), 'malformed', 'json'],
  ['a list a million deep', faults.json('['.repeat(1_000_000)), 'malformed', 'json'],
  ['another shape', faults.json('{"runs": [{"info": 5}]}'), 'malformed', 'shape'],
  ['a 404 page', faults.html404, 'unreachable', 'html', '404 Not Found Not Found'],
  ['a 502 page', faults.html502, 'unreachable', 'serverError', '502 Bad Gateway'],
  [
    'the page of nginx for a missing client certificate',
    {
      kind: 'reply',
      status: 400,
      type: 'text/html',
      body: '<html><title>400 No required SSL certificate was sent</title>',
    },
    'unreachable',
    'tls',
    '400 No required SSL certificate was sent',
  ],
  ['a sign-in page', faults.loginPage, 'unreachable', 'html', 'Sign in'],
  ['401', faults.unauthorized, 'unauthorized', 'signIn', 'You are not authenticated.'],
  ['403', faults.forbidden, 'unauthorized', 'forbidden', 'Permission denied'],
  [
    'the Host check',
    faults.hostCheck,
    'unauthorized',
    'hostCheck',
    'Invalid Host header - possible DNS rebinding attack detected',
  ],
  ['429', faults.tooManyRequests, 'unreachable', 'busy'],
  ['500', faults.internalError, 'unreachable', 'serverError', 'it broke'],
  [
    'a refusal',
    faults.refused('INVALID_PARAMETER_VALUE', 'Invalid clause(s)'),
    'rejected',
    'invalid',
    'Invalid clause(s)',
  ],
  [
    'a refusal of what is deleted, which comes as 500,',
    faults.refused('INVALID_STATE', 'Cannot rename a non-active experiment.', 500),
    'rejected',
    'invalid',
    'Cannot rename a non-active experiment.',
  ],
  [
    'a missing thing',
    faults.refused('RESOURCE_DOES_NOT_EXIST', 'gone', 404),
    'notFound',
    'missing',
  ],
  ['a disabled feature', faults.refused('FEATURE_DISABLED', 'off', 500), 'unsupported', 'feature'],
  ['a redirect elsewhere', faults.redirect('https://example.com/x'), 'unreachable', 'redirect'],
  [
    'a redirect to itself',
    faults.redirect('/api/2.0/mlflow/runs/search'),
    'unreachable',
    'redirect',
  ],
];

for (const door of storeDoors()) {
  describe(`a REST store on a faulty server, ${door.name}`, () => {
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

    for (const [what, fault, kind, reason, message] of expectations) {
      it(`calls ${what} ${kind} (${reason})`, async () => {
        server.setFault('runs/search', fault);
        const error = await failure(searchRuns(store));
        assert.deepEqual([error.kind, error.reason], [kind, reason]);
        assert.equal(error.detail.origin, server.url);
        assert.equal(error.detail.request, '/api/2.0/mlflow/runs/search');
        if (message !== undefined) {
          assert.equal(error.detail.serverMessage, message);
        }
        server.clearFaults();
        assert.equal((await searchRuns(store)).items.length, 10);
      });
    }

    it('calls a port where nothing listens refused, and works once something does', async () => {
      await server.goDown();
      const error = await failure(searchRuns(store));
      assert.deepEqual([error.kind, error.reason], ['unreachable', 'refused']);
      await server.comeBack();
      assert.equal((await searchRuns(store)).items.length, 10);
    });

    it('calls a name that does not resolve so', async () => {
      const error = await failure(searchRuns(door.open('http://no-such-host.invalid:5000')));
      assert.deepEqual([error.kind, error.reason], ['unreachable', 'dns']);
    });

    it('fails on the second page when the first was fine', async () => {
      server.setFault('runs/search', { kind: 'cut' }, { after: 1 });
      const { nextPageToken } = await searchRuns(store);
      assert.equal(nextPageToken, '10');
      const error = await failure(store.searchRuns({ ...query, pageToken: nextPageToken }, never));
      assert.equal(error.reason, 'cut');
    });

    it('tries a reset connection once more', async () => {
      server.setFault('runs/search', { kind: 'reset' }, { times: 1 });
      assert.equal((await searchRuns(store)).items.length, 10);
      assert.equal(server.requests.length, 2);
    });

    it('follows a redirect within the origin with method and body', async () => {
      server.setFault(
        '/old/api/2.0/mlflow/runs/search',
        faults.redirect(`/api/2.0/mlflow/runs/search`),
      );
      server.setFault('/old/version', {
        kind: 'reply',
        status: 200,
        type: 'text/html',
        body: '3.17.2',
      });
      const page = await searchRuns(door.open(`${server.url}/old`));
      assert.equal(page.items.length, 10);
      assert.equal(server.requests.at(-1)?.method, 'POST');
    });

    it('stops at a page that leads to itself', async () => {
      server.setFault('runs/search', { kind: 'endless', empty: false });
      const first = await searchRuns(store);
      const error = await failure(
        store.searchRuns({ ...query, pageToken: first.nextPageToken }, never),
      );
      assert.deepEqual([error.kind, error.reason], ['malformed', 'paging']);
    });

    it('stops reading a history whose pages stay empty', async () => {
      server.setFault('metrics/get-history', { kind: 'endless', empty: true });
      const error = await failure(store.metricHistory('1r0', 'rmse', { maxPoints: 100 }, never));
      assert.deepEqual([error.kind, error.reason], ['malformed', 'paging']);
      assert.equal(server.requests.length, 1);
    });

    it('reads bare NaN and infinities', async () => {
      const metrics = ['NaN', 'Infinity', '-Infinity'].map(
        (value, step) => `{"key": "rmse", "value": ${value}, "timestamp": 1, "step": ${step}}`,
      );
      server.setFault('metrics/get-history', faults.json(`{"metrics": [${metrics.join()}]}`));
      const history = await store.metricHistory('1r0', 'rmse', { maxPoints: 100 }, never);
      assert.deepEqual([...history.values], [NaN, Infinity, -Infinity]);
    });

    it('rejects at once when cancelled, and lets the connection go', async () => {
      server.setFault('runs/search', { kind: 'silence' });
      const controller = new AbortController();
      const coming = server.nextRequest('runs/search');
      const call = searchRuns(store, controller.signal);
      const request = await coming;
      controller.abort(new Error('any reason'));
      await assert.rejects(call, { name: 'AbortError' });
      await request.disconnected;
    });

    it('fails what is open once it is disposed of, and lets the connection go', async () => {
      server.setFault('runs/search', { kind: 'silence' });
      const coming = server.nextRequest('runs/search');
      const call = failure(searchRuns(store));
      const request = await coming;
      store.dispose();
      assert.equal((await call).reason, 'cut');
      await request.disconnected;
    });

    it('asks for nothing when cancelled before', async () => {
      await assert.rejects(searchRuns(store, AbortSignal.abort()), { name: 'AbortError' });
      assert.equal(server.requests.length, 0);
    });

    it('asks what the server is once, however many want to know', async () => {
      const infos = await Promise.all([store.serverInfo(never), store.serverInfo(never)]);
      assert.deepEqual(infos[0], infos[1]);
      assert.equal(infos[0]?.version, '3.17.2');
      await store.serverInfo(never);
      assert.deepEqual(server.requests.map(({ path }) => path).toSorted(), [
        '/api/3.0/mlflow/server-info',
        '/version',
      ]);
    });

    it('asks anew what the server is after a failure', async () => {
      await server.goDown();
      assert.equal((await failure(store.serverInfo(never))).reason, 'refused');
      await server.comeBack();
      assert.equal((await store.serverInfo(never)).version, '3.17.2');
      server.setFault('runs/search', faults.html502);
      await failure(searchRuns(store));
      const before = server.requests.length;
      await store.serverInfo(never);
      assert.ok(server.requests.length > before);
    });

    it('sees through a healthy /version to the Host check', async () => {
      server.setFault('/api/3.0/mlflow/server-info', faults.hostCheck);
      assert.equal((await failure(store.serverInfo(never))).reason, 'hostCheck');
    });

    it('wants a sign-in where only /health and server-info are open', async () => {
      server.setFault('/version', faults.unauthorized);
      server.setFault('experiments/search', faults.unauthorized);
      assert.equal((await failure(store.serverInfo(never))).reason, 'signIn');
    });

    it('knows MLflow behind a proxy that hides /version', async () => {
      server.setFault('/version', faults.html404);
      const info = await store.serverInfo(never);
      assert.equal(info.version, undefined);
      assert.equal(info.can.loggedModels, true);
    });

    it('says where the answer of server-info is wrong', async () => {
      const path = '/api/3.0/mlflow/server-info';
      for (const [body, reason] of [
        ['{"store_type": ', 'json'],
        ['{"store_type": 5}', 'shape'],
      ] as const) {
        server.setFault(path, faults.json(body));
        const error = await failure(store.serverInfo(never));
        assert.deepEqual([error.kind, error.reason], ['malformed', reason]);
        assert.equal(error.detail.request, path);
      }
    });

    it('does not take a server that answers everything in words for MLflow', async () => {
      server.setFault('*', { kind: 'reply', status: 200, type: 'text/plain', body: 'hello' });
      assert.equal((await failure(store.serverInfo(never))).reason, 'json');
    });

    it('does not take another web server for MLflow', async () => {
      server.setFault('*', faults.html404);
      assert.equal((await failure(store.serverInfo(never))).reason, 'html');
    });

    it('asks nothing first when an address has no path', async () => {
      await searchRuns(store);
      assert.deepEqual(
        server.requests.map(({ path }) => path),
        ['/api/2.0/mlflow/runs/search'],
      );
    });

    it('signs in with user and password of the address and shows them nowhere', async () => {
      const uri = server.url.replace('//', '//kim:s3cret@');
      const own = door.open(uri);
      server.setFault('runs/search', faults.refused('INVALID_PARAMETER_VALUE', `bad ${uri}`));
      const error = await failure(searchRuns(own));
      const { headers } = server.requests[0] ?? {};
      const basic = Buffer.from('kim:s3cret').toString('base64');
      assert.equal(headers?.authorization, `Basic ${basic}`);
      const info = await own.serverInfo(never);
      const shown = JSON.stringify([error.message, error.detail, info, door.lines]);
      assert.ok(!shown.includes('s3cret') && !shown.includes(basic));
    });

    it('sends no Origin, which servers refuse for other pages', async () => {
      await searchRuns(store);
      assert.equal(server.requests[0]?.headers.origin, undefined);
    });

    it('asks nothing for no experiments', async () => {
      const page = await store.searchRuns({ ...query, experimentIds: [] }, never);
      assert.deepEqual(page.items, []);
      assert.equal(server.requests.length, 0);
    });

    it('logs every request without its query', async () => {
      await store.listArtifacts({ kind: 'run', runId: '1r0' }, 'secret folder', never);
      const line = door.lines.findLast((text) => text.includes(server.url)) ?? '';
      assert.match(line, /^GET \S+\/api\/2\.0\/mlflow\/artifacts\/list 200 \d+ ms/);
      assert.ok(!line.includes('secret'));
    });
  });
}
