import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';

export type StoreMethodName = Exclude<keyof TrackingStore, 'dispose'>;
type Ask = (...args: unknown[]) => Promise<unknown>;

/**
 * A store each of whose requests goes through `around`, which gets the request's name, how to carry it out on the
 * store, or on another one in its place.
 */
export function wrapped(
  store: TrackingStore,
  around: (
    name: StoreMethodName,
    askOf: (other?: TrackingStore) => Promise<unknown>,
    signal: AbortSignal,
  ) => Promise<unknown>,
): TrackingStore {
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (name === 'dispose' || typeof name === 'symbol' || name === 'then') {
        return member;
      }
      return (...args: unknown[]) =>
        around(
          name as StoreMethodName,
          (other = target) => (Reflect.get(other, name, other) as Ask).apply(other, args),
          args.at(-1) as AbortSignal,
        );
    },
  });
}

/** The same store; where the server wants a sign-in, it says that one was kept back. */
export function sayingUnapproved(store: TrackingStore): TrackingStore {
  return wrapped(store, async (_name, ask) => {
    try {
      return await ask();
    } catch (error) {
      throw error instanceof MlflowError && error.reason === 'signIn'
        ? new MlflowError(error.kind, 'unapproved', error.detail)
        : error;
    }
  });
}

/** A store whose every request rejects with `error`. */
export function failingStore(error: unknown): TrackingStore {
  const failure = error instanceof Error ? error : new Error(String(error));
  const nothing = { dispose: () => undefined } as TrackingStore;
  return wrapped(nothing, () => Promise.reject(failure));
}
