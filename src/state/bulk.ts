import { MlflowError } from '../mlflow/errors';

export interface BulkOptions<T> {
  readonly items: readonly T[];
  /** Does one item. What has begun ends by itself, so that it is known what became of it. */
  readonly work: (item: T) => Promise<void>;
  /** Names what the server allows or forbids as a whole; once one is forbidden, the others are not begun. */
  readonly permissionOf?: (item: T) => string;
  /** Once it fires, nothing further is begun. */
  readonly signal: AbortSignal;
  /** Called whenever an item has ended, well or not. */
  readonly onProgress?: (ended: number) => void;
}

export interface BulkFailure<T> {
  readonly item: T;
  readonly error: unknown;
}

/** What became of the items, each in the order given. */
export interface BulkResult<T> {
  readonly done: readonly T[];
  readonly failed: readonly BulkFailure<T>[];
  /** Not begun, since it was cancelled, or since all of them would have failed alike. */
  readonly left: readonly T[];
}

const atOnce = 8;
const unreachableInARow = 3;

/**
 * Does many things alike, some at a time. A failure does not keep the others from being done, unless
 * it says that they would fail, too: a refused sign-in, a user who may not, a server that is gone or not started.
 */
export async function inBulk<T>(options: BulkOptions<T>): Promise<BulkResult<T>> {
  const { items, work, signal, onProgress, permissionOf = () => '' } = options;
  const forbidden = new Set<string>();
  const outcomes = new Map<number, { readonly error?: unknown }>();
  let next = 0;
  let lost = 0;
  let hopeless = false;

  const take = async (index: number, item: T): Promise<void> => {
    try {
      await work(item);
      outcomes.set(index, {});
      lost = 0;
    } catch (error) {
      outcomes.set(index, { error });
      const { kind, reason } = error instanceof MlflowError ? error : {};
      lost = kind === 'unreachable' ? lost + 1 : 0;
      if (reason === 'forbidden') {
        forbidden.add(permissionOf(item));
      }
      hopeless ||=
        (kind === 'unauthorized' && reason !== 'forbidden') ||
        reason === 'ownedServer' ||
        lost >= unreachableInARow;
    }
    onProgress?.(outcomes.size);
  };
  const takeOn = async (): Promise<void> => {
    while (next < items.length && !signal.aborted && !hopeless) {
      const index = next++;
      const item = items[index] as T;
      if (!forbidden.has(permissionOf(item))) {
        await take(index, item);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, takeOn));

  const ended = items.map((item, index) => ({ item, outcome: outcomes.get(index) }));
  return {
    done: ended.flatMap(({ item, outcome }) => (outcome && !('error' in outcome) ? [item] : [])),
    failed: ended.flatMap(({ item, outcome }) =>
      outcome && 'error' in outcome ? [{ item, error: outcome.error }] : [],
    ),
    left: ended.flatMap(({ item, outcome }) => (outcome === undefined ? [item] : [])),
  };
}
