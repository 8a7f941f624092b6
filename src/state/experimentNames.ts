import type { TrackingStore } from '../mlflow/trackingStore';

/** Names of experiments that no list holds, each looked up once. */
export class ExperimentNames {
  private readonly names = new Map<string, string | undefined>();

  get(id: string): string | undefined {
    return this.names.get(id);
  }

  /** Looks up those that nobody has asked for yet; one that cannot be read has no name. */
  async find(store: TrackingStore, ids: Iterable<string>, signal: AbortSignal): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.names.has(id));
    await Promise.all(
      unknown.map(async (id) => {
        const found = await store.getExperiment(id, signal).catch(() => undefined);
        if (!signal.aborted) {
          this.names.set(id, found?.name);
        }
      }),
    );
  }
}
