import assert from 'node:assert/strict';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { failure } from '../support/failure';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { storeDoors } from '../support/storeDoors';

const never = new AbortController().signal;
const whole = 'metrics/get-history';
const interval = 'metrics/get-history-bulk-interval';
const bulk = '/ajax-api/2.0/mlflow/metrics/get-history-bulk';
/** The longest key that MLflow takes, of letters that take the most room in an address. */
const longKey = '길'.repeat(250);

const points = (count: number, more = ''): string => {
  const all = Array.from({ length: count }, (_, step) => ({
    key: 'rmse',
    value: step,
    timestamp: step,
    step,
  }));
  return `{"metrics": ${JSON.stringify(all)}${more}}`;
};

for (const door of storeDoors()) {
  describe(`series of a REST store, ${door.name}`, () => {
    let server: FaultServer;
    let store: TrackingStore;

    before(() => door.start());
    after(() => door.close());
    afterEach(async () => {
      store.dispose();
      await server.close();
    });

    async function open(version: string): Promise<void> {
      server = await startFaultServer({ version });
      store = door.open(server.url);
      await store.serverInfo(never);
    }
    const calls = (): string[] =>
      server.requests
        .map(({ path }) => path)
        .filter((path) => path.includes('/metrics/'))
        .map((path) => path.replace('/api/2.0/mlflow/', ''));
    const sampled = async (fromStep?: number): Promise<readonly [number, boolean]> => {
      const { values, complete } = await store.sampledHistory('1r0', 'rmse', { fromStep }, never);
      return [values.length, complete];
    };

    describe('on MLflow 3', () => {
      beforeEach(() => open('3.17.2'));

      it('come in one request a run', async () => {
        assert.deepEqual(await sampled(), [10, true]);
        assert.deepEqual(await sampled(7), [3, true]);
        assert.deepEqual(calls(), [interval, interval]);
      });

      it('are sampled where as many points come as a server gives at most', async () => {
        server.setFault(interval, faults.json(points(2_500)));
        assert.deepEqual(await sampled(), [2_500, false]);
        server.setFault(interval, faults.json(points(2_499)));
        assert.deepEqual(await sampled(), [2_499, true]);
      });

      it('are asked for below the length of a request that servers take', async () => {
        await store.sampledHistory('1'.repeat(32), longKey, { fromStep: -(2 ** 60) }, never);
        const { path, query } = server.requests.at(-1) ?? assert.fail();
        assert.equal(query.get('metric_key'), longKey);
        assert.ok(`GET ${path}?${query.toString()} HTTP/1.1\r\n`.length < 4_094);
      });

      it('are read from the beginning where a proxy does not know how to sample', async () => {
        server.setFault(interval, faults.html404);
        assert.deepEqual(await sampled(), [10, true]);
        server.setFault(whole, faults.json(points(2_500, ', "next_page_token": "more"')));
        assert.deepEqual(await sampled(), [2_500, false]);
        assert.equal(server.requests.at(-1)?.query.get('max_results'), '2500');
      });

      it('say where a sample has another shape', async () => {
        server.setFault(interval, faults.json('{"metrics": [{"key": "rmse", "value": []}]}'));
        const error = await failure(store.sampledHistory('1r0', 'rmse', {}, never));
        assert.deepEqual([error.kind, error.reason], ['malformed', 'shape']);
        assert.equal(error.detail.path, 'metrics[0].value');
        assert.equal(error.detail.request, `/api/2.0/mlflow/${interval}`);
      });

      it('fail where a server stops in the middle, and are read anew afterwards', async () => {
        server.setFault(whole, faults.json(points(10, ', "next_page_token": "5"')), { times: 1 });
        server.setFault(`/api/2.0/mlflow/${whole}`, { kind: 'cut' });
        const read = () => store.metricHistory('1r0', 'rmse', { maxPoints: 100 }, never);
        assert.equal((await failure(read())).reason, 'cut');
        assert.deepEqual(
          server.requests.slice(2).map(({ query }) => query.get('page_token')),
          [null, '5', '5', '5'],
        );
        server.clearFaults();
        assert.equal((await read()).values.length, 10);
      });

      it('stop on the second page when they are cancelled, and let the connection go', async () => {
        server.setFault(whole, faults.json(points(10, ', "next_page_token": "5"')), { times: 1 });
        server.setFault(`/api/2.0/mlflow/${whole}`, { kind: 'silence' });
        const controller = new AbortController();
        const first = server.nextRequest(whole);
        const call = store.metricHistory('1r0', 'rmse', { maxPoints: 100 }, controller.signal);
        await first;
        const second = await server.nextRequest(whole);
        controller.abort();
        await assert.rejects(call, { name: 'AbortError' });
        await second.disconnected;
      });

      it('stop asking for stretches of a long series when they are cancelled', async () => {
        server.setFault(interval, faults.json(points(50)), { times: 3 });
        server.setFault(`/api/2.0/mlflow/${interval}`, { kind: 'silence' });
        const controller = new AbortController();
        const options = { lastStep: 1_000_000 };
        const call = store.sampledHistory('1r0', 'rmse', options, controller.signal);
        while (calls().length < 7) await server.nextRequest(interval);
        controller.abort();
        await assert.rejects(call, { name: 'AbortError' });
        await Promise.all(server.requests.slice(-4).map(({ disconnected }) => disconnected));
        assert.equal(calls().length, 7);
      });

      it('are long stretch by stretch, in 2,500 points', async () => {
        server.setFault(interval, faults.json(points(50)));
        const options = { lastStep: 1_000_000 };
        const { values, complete } = await store.sampledHistory('1r0', 'rmse', options, never);
        assert.deepEqual([values.length, complete, calls().length], [2_500, false, 50]);
        const ranges = server.requests
          .slice(2)
          .map(({ query }) => [Number(query.get('start_step')), Number(query.get('end_step'))])
          .toSorted(([a = NaN], [b = NaN]) => a - b);
        assert.deepEqual(
          [ranges[0], ranges.at(-1)],
          [
            [0, 49],
            [999_951, 1_000_000],
          ],
        );
      });
    });

    describe('on MLflow 2', () => {
      beforeEach(() => open('2.22.5'));

      it('come whole where they are short, as MLflow 2 samples only after it has read all', async () => {
        assert.deepEqual(await sampled(), [10, true]);
        assert.deepEqual(calls(), [bulk]);
      });

      it('are sampled where they are long, never from a step on', async () => {
        server.setFault(bulk, faults.json(points(25_000)));
        server.setFault(interval, faults.json(points(2_501)));
        assert.deepEqual(await sampled(24_990), [2_501, false]);
        assert.equal(server.requests.at(-1)?.query.get('start_step'), String(-(2n ** 63n)));
      });

      it('are read whole where a server knows no way to sample', async () => {
        server.setFault(bulk, faults.html404);
        server.setFault(interval, faults.html404);
        server.setFault(whole, faults.json(points(3_000)));
        assert.deepEqual(await sampled(), [3_000, true]);
        assert.deepEqual(calls(), [bulk, interval, whole]);
      });
    });
  });
}
