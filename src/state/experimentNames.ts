import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';

const atATime = 4;

/** Names of experiments that no list holds, each looked up once. */
export class ExperimentNames {
  private readonly names = new Map<string, string | undefined>();

  get(id: string): string | undefined {
    return this.names.get(id);
  }

  /** Looks up those that nobody has asked for yet, until one cannot be read; one that is not there has no name. */
  async find(store: TrackingStore, ids: Iterable<string>, signal: AbortSignal): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.names.has(id));
    const findNext = async (): Promise<void> => {
      for (let id = unknown.shift(); id !== undefined; id = unknown.shift()) {
        try {
          this.names.set(id, (await store.getExperiment(id, signal)).name);
        } catch (error) {
          if (!isAboutThisOne(error)) {
            unknown.length = 0;
            return;
          }
          this.names.set(id, undefined);
        }
      }
    };
    await Promise.all(Array.from({ length: atATime }, findNext));
  }
}

function isAboutThisOne(error: unknown): boolean {
  return (
    error instanceof MlflowError && (error.kind === 'notFound' || error.reason === 'forbidden')
  );
}
