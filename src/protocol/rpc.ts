/** Two ends that pass structured-cloneable messages in order: a worker's port, a page's `postMessage`. */
export interface Channel {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Returns the function that stops listening. */
  onMessage(listener: (message: unknown) => void): () => void;
}

/**
 * What one channel carries, seen from the client: `requests` are answered, `notices` go to the
 * server and `events` come from it, both one-way.
 */
export interface Protocol {
  requests: Record<string, { params: unknown; result: unknown }>;
  notices: Record<string, unknown>;
  events: Record<string, unknown>;
}

type Requests<P extends Protocol> = P['requests'];
type Name<T> = keyof T & string;
type Params<P extends Protocol, M extends Name<Requests<P>>> = Requests<P>[M]['params'];
type Result<P extends Protocol, M extends Name<Requests<P>>> = Requests<P>[M]['result'];

/** A result whose buffers move to the other end instead of being copied; they are empty afterwards. */
export class Transferred<T> {
  constructor(
    readonly value: T,
    readonly buffers: readonly ArrayBuffer[],
  ) {}
}

/** One handler per request, one per notice: a missing one does not compile. */
export interface Handlers<P extends Protocol> {
  readonly requests: {
    readonly [M in Name<Requests<P>>]: (
      params: Params<P, M>,
      signal: AbortSignal,
    ) => Promise<Result<P, M> | Transferred<Result<P, M>>>;
  };
  readonly notices: { readonly [N in Name<P['notices']>]: (value: P['notices'][N]) => void };
}

export interface RpcServer<P extends Protocol> {
  emit<E extends Name<P['events']>>(event: E, value: P['events'][E]): void;
  /** Stops listening and fires the signal of every open request. */
  dispose(): void;
}

export interface RpcClient<P extends Protocol> {
  /** Rejects with an `AbortError` as soon as `signal` fires, whatever the other end does. */
  call<M extends Name<Requests<P>>>(
    method: M,
    params: Params<P, M>,
    signal?: AbortSignal,
  ): Promise<Result<P, M>>;
  notify<N extends Name<P['notices']>>(notice: N, value: P['notices'][N]): void;
  /** Returns the function that stops listening. */
  on<E extends Name<P['events']>>(event: E, listener: (value: P['events'][E]) => void): () => void;
  /** Rejects everything open, and every later call, with `error`. */
  close(error: Error): void;
}

type Message =
  | { rpc: 'request'; id: number; name: string; value: unknown }
  | { rpc: 'cancel'; id: number }
  | { rpc: 'result'; id: number; value: unknown }
  | { rpc: 'failure'; id: number; value: unknown }
  | { rpc: 'notice' | 'event'; name: string; value: unknown };

function isMessage(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'rpc' in message;
}

/**
 * The answering end. A request always gets a result or a failure, a thrown one included; only one
 * that was cancelled gets none, since the client has settled it already. `encodeError` must
 * return something the channel can carry.
 */
export function serve<P extends Protocol>(
  channel: Channel,
  handlers: Handlers<P>,
  encodeError: (error: unknown) => unknown,
): RpcServer<P> {
  const open = new Map<number, AbortController>();
  const post = (message: Message, transfer?: readonly ArrayBuffer[]): void =>
    channel.post(message, transfer);

  async function answer(id: number, name: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    open.set(id, controller);
    try {
      const handler = ownFunction(handlers.requests, name);
      if (handler === undefined) {
        throw new Error(`nothing answers "${name}"`);
      }
      const result: unknown = await handler(params, controller.signal);
      if (!controller.signal.aborted) {
        const moved = result instanceof Transferred ? result : undefined;
        post({ rpc: 'result', id, value: moved ? moved.value : result }, moved?.buffers);
      }
    } catch (error) {
      if (!controller.signal.aborted) {
        post({ rpc: 'failure', id, value: encodeError(error) });
      }
    } finally {
      open.delete(id);
    }
  }

  const stop = channel.onMessage((message) => {
    if (!isMessage(message)) {
      return;
    }
    if (message.rpc === 'request') {
      void answer(message.id, message.name, message.value);
    } else if (message.rpc === 'cancel') {
      open.get(message.id)?.abort();
    } else if (message.rpc === 'notice') {
      ownFunction(handlers.notices, message.name)?.(message.value);
    }
  });

  return {
    emit: (name, value) => post({ rpc: 'event', name, value }),
    dispose: () => {
      stop();
      open.forEach((controller) => controller.abort());
    },
  };
}

type AnyHandler = (value: unknown, signal?: AbortSignal) => unknown;

/** The other end may name anything, `constructor` included: only what was declared is called. */
function ownFunction(table: object, name: string): AnyHandler | undefined {
  const found: unknown = Object.hasOwn(table, name) ? Reflect.get(table, name) : undefined;
  return typeof found === 'function' ? (found as AnyHandler) : undefined;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The asking end. `decodeError` turns what `encodeError` made back into the error to throw. */
export function connect<P extends Protocol>(
  channel: Channel,
  decodeError: (value: unknown) => Error,
): RpcClient<P> {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  const post = (message: Message): void => channel.post(message);
  let lastId = 0;
  let closed: Error | undefined;

  const stop = channel.onMessage((message) => {
    if (!isMessage(message)) {
      return;
    }
    if (message.rpc === 'result') {
      pending.get(message.id)?.resolve(message.value);
    } else if (message.rpc === 'failure') {
      pending.get(message.id)?.reject(decodeError(message.value));
    } else if (message.rpc === 'event') {
      listeners.get(message.name)?.forEach((listener) => listener(message.value));
    }
  });

  function call<R>(name: string, value: unknown, signal?: AbortSignal): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      if (closed !== undefined || signal?.aborted === true) {
        reject(closed ?? abortError());
        return;
      }
      const id = ++lastId;
      const settle = (): void => {
        pending.delete(id);
        signal?.removeEventListener('abort', cancel);
      };
      const cancel = (): void => {
        settle();
        reject(abortError());
        post({ rpc: 'cancel', id });
      };
      pending.set(id, {
        resolve: (result) => (settle(), resolve(result as R)),
        reject: (error) => (settle(), reject(error)),
      });
      signal?.addEventListener('abort', cancel);
      try {
        post({ rpc: 'request', id, name, value });
      } catch (error) {
        pending.get(id)?.reject(error);
      }
    });
  }

  return {
    call,
    notify: (name, value) => post({ rpc: 'notice', name, value }),
    on: (event, listener) => {
      const entry = (value: unknown): void => listener(value as P['events'][typeof event]);
      const entries = listeners.get(event) ?? new Set();
      listeners.set(event, entries.add(entry));
      return () => entries.delete(entry);
    },
    close: (error) => {
      closed ??= error;
      stop();
      [...pending.values()].forEach((entry) => entry.reject(error));
    },
  };
}

function abortError(): Error {
  return new DOMException('This operation was aborted', 'AbortError');
}
