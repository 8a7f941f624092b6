import type { TrackingStore } from './trackingStore';

type StoreMethodName = Exclude<keyof TrackingStore, 'dispose'>;
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
      if (name === 'dispose') {
        return () => target.dispose();
      }
      if (typeof name === 'symbol' || name === 'then') {
        return Reflect.get(target, name, target) as unknown;
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
