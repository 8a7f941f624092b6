import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import {
  type Channel,
  type Handlers,
  type RpcClient,
  type RpcServer,
  Transferred,
  connect,
  serve,
} from '../../../src/protocol/rpc';

interface Talk {
  requests: {
    double: { params: number; result: number };
    fail: { params: string; result: never };
    wait: { params: undefined; result: string };
    series: { params: number; result: { values: Float64Array } };
    function: { params: undefined; result: unknown };
  };
  notices: { hello: string };
  events: { tick: number };
}

describe('RPC', () => {
  let channel: MessageChannel;
  let client: RpcClient<Talk>;
  let server: RpcServer<Talk>;
  let greetings: string[];
  /** Resolves with the signal of the next `wait`. */
  let waiting: Promise<AbortSignal>;

  beforeEach(() => {
    channel = new MessageChannel();
    greetings = [];
    let onWait: (signal: AbortSignal) => void;
    waiting = new Promise((resolve) => (onWait = resolve));
    const handlers: Handlers<Talk> = {
      requests: {
        double: (value) => Promise.resolve(value * 2),
        fail: (message) => Promise.reject(new RangeError(message)),
        wait: (_, signal) => {
          onWait(signal);
          return new Promise(() => undefined);
        },
        series: (length) => {
          const values = new Float64Array(length).fill(1);
          return Promise.resolve(new Transferred({ values }, [values.buffer]));
        },
        function: () => Promise.resolve(() => 1),
      },
      notices: { hello: (name) => greetings.push(name) },
    };
    server = serve(toChannel(channel.port1), handlers, (error) => String(error));
    client = connect(toChannel(channel.port2), (value) => new Error(String(value)));
  });

  afterEach(() => {
    server.dispose();
    channel.port1.close();
  });

  it('answers each of several open requests with its own result', async () => {
    const results = await Promise.all([1, 2, 3].map((value) => client.call('double', value)));
    assert.deepEqual(results, [2, 4, 6]);
  });

  it('answers a handler that throws with a failure', async () => {
    await assert.rejects(client.call('fail', 'too far'), { message: 'RangeError: too far' });
  });

  it('answers a result that cannot be carried with a failure', async () => {
    await assert.rejects(client.call('function', undefined), /DataCloneError/);
  });

  it('answers a name that nobody declared with a failure', async () => {
    const anyName = client as unknown as RpcClient<{
      requests: Record<string, { params: unknown; result: unknown }>;
      notices: Record<string, unknown>;
      events: Record<string, unknown>;
    }>;
    for (const name of ['nothing', 'constructor', '__proto__', 'toString']) {
      await assert.rejects(anyName.call(name, 1), new RegExp(`nothing answers "${name}"`));
    }
  });

  it('rejects at once when the signal fires, and fires the signal of the handler', async () => {
    const controller = new AbortController();
    const call = client.call('wait', undefined, controller.signal);
    const handlerSignal = await waiting;
    const handlerStopped = new Promise((resolve) => {
      handlerSignal.addEventListener('abort', resolve);
    });
    controller.abort();
    await assert.rejects(call, { name: 'AbortError' });
    await handlerStopped;
  });

  it('sends nothing for a signal that has fired before', async () => {
    let sent = 0;
    const quiet = connect<Talk>(
      { post: () => sent++, onMessage: () => () => undefined },
      () => new Error(),
    );
    await assert.rejects(quiet.call('double', 1, AbortSignal.abort()), { name: 'AbortError' });
    assert.equal(sent, 0);
  });

  it('carries notices one way and events the other', async () => {
    const tick = new Promise<number>((resolve) => client.on('tick', resolve));
    client.notify('hello', 'world');
    await client.call('double', 1);
    assert.deepEqual(greetings, ['world']);
    server.emit('tick', 7);
    assert.equal(await tick, 7);
  });

  it('stops telling a listener that has left', async () => {
    const ticks: number[] = [];
    const leave = client.on('tick', (value) => ticks.push(value));
    server.emit('tick', 1);
    await client.call('double', 1);
    leave();
    server.emit('tick', 2);
    await client.call('double', 1);
    assert.deepEqual(ticks, [1]);
  });

  it('rejects everything open and everything later once it is closed', async () => {
    const open = client.call('wait', undefined);
    await waiting;
    client.close(new Error('the other end is gone'));
    await assert.rejects(open, /the other end is gone/);
    await assert.rejects(client.call('double', 1), /the other end is gone/);
  });

  it('fires the signals of open handlers when the server is disposed of', async () => {
    client.call('wait', undefined).catch(() => undefined);
    const signal = await waiting;
    server.dispose();
    assert.equal(signal.aborted, true);
  });

  it('moves buffers instead of copying them', async () => {
    let posted: ArrayBuffer | undefined;
    const series = new Float64Array(4);
    const moving: Handlers<Talk>['requests']['series'] = () =>
      Promise.resolve(new Transferred({ values: series }, [series.buffer]));
    const other = new MessageChannel();
    const requests = { series: moving } as unknown as Handlers<Talk>['requests'];
    const port = toChannel(other.port1);
    const second = serve<Talk>(
      {
        ...port,
        post: (message, transfer) => {
          posted = transfer?.[0];
          port.post(message, transfer);
        },
      },
      { requests, notices: { hello: () => undefined } },
      String,
    );
    const result = await connect<Talk>(toChannel(other.port2), () => new Error()).call('series', 4);
    assert.equal(result.values.length, 4);
    assert.equal(posted?.byteLength, 0);
    assert.equal(series.length, 0);
    second.dispose();
    other.port1.close();
  });

  it('ignores messages that are not its own', async () => {
    channel.port2.postMessage(null);
    channel.port2.postMessage({ type: 'other' });
    channel.port1.postMessage('text');
    assert.equal(await client.call('double', 4), 8);
  });
});

function toChannel(port: MessageChannel['port1']): Channel {
  return {
    post: (message, transfer) => port.postMessage(message, transfer),
    onMessage: (listener) => {
      port.on('message', listener);
      return () => port.off('message', listener);
    },
  };
}
