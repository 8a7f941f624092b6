import * as z from 'zod/mini';
import type { Experiment, KeyValue, Run } from '../../mlflow/model';
import { MlflowError } from '../../mlflow/errors';
import type { Api } from './api';
import { decode } from './decode';
import { decodeExperiment } from './decodeExperiments';
import { decodeRun } from './decodeRuns';
import { settle } from './settle';

/** Servers cut longer values, by version at one of several lengths, the smallest of which this is. */
const longestSafeValue = 5_000;

/** Changes of experiments and runs, each looked up when its reply is lost. */
export class RestWrites {
  constructor(private readonly api: Api) {}

  /** Whoever held the name before is not what was created. */
  async createExperiment(name: string, signal: AbortSignal): Promise<string> {
    const before = await this.experimentNamed(name, signal);
    return settle({
      send: () => this.send('experiments/create', { name }, decodeCreated, signal),
      lookUp: async () => {
        const found = await this.experimentNamed(name, signal);
        return found === undefined || found.id === before?.id ? undefined : { result: found.id };
      },
    });
  }

  renameExperiment(id: string, name: string, signal: AbortSignal): Promise<void> {
    const body = { experiment_id: id, new_name: name };
    return this.ofExperiment('experiments/update', body, id, (now) => now.name === name, signal);
  }

  deleteExperiment(id: string, signal: AbortSignal): Promise<void> {
    const isDone = (now: Experiment): boolean => now.lifecycleStage === 'deleted';
    return this.ofExperiment('experiments/delete', { experiment_id: id }, id, isDone, signal);
  }

  restoreExperiment(id: string, signal: AbortSignal): Promise<void> {
    const isDone = (now: Experiment): boolean => now.lifecycleStage === 'active';
    return this.ofExperiment('experiments/restore', { experiment_id: id }, id, isDone, signal);
  }

  setExperimentTag(id: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    const body = { experiment_id: id, key, value };
    const isDone = (now: Experiment): boolean => holds(now.tags, key, value);
    return this.ofExperiment('experiments/set-experiment-tag', body, id, isDone, signal);
  }

  renameRun(id: string, name: string, signal: AbortSignal): Promise<void> {
    const body = { run_id: id, run_name: name };
    return this.ofRun('runs/update', body, id, (now) => now.name === name, signal);
  }

  deleteRun(id: string, signal: AbortSignal): Promise<void> {
    const isDone = (now: Run): boolean => now.lifecycleStage === 'deleted';
    return this.ofRun('runs/delete', { run_id: id }, id, isDone, signal);
  }

  restoreRun(id: string, signal: AbortSignal): Promise<void> {
    const isDone = (now: Run): boolean => now.lifecycleStage === 'active';
    return this.ofRun('runs/restore', { run_id: id }, id, isDone, signal);
  }

  setRunTag(id: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    const isDone = (now: Run): boolean => holds(now.tags, key, value);
    return this.ofRun('runs/set-tag', { run_id: id, key, value }, id, isDone, signal);
  }

  deleteRunTag(id: string, key: string, signal: AbortSignal): Promise<void> {
    const isDone = (now: Run): boolean => now.tags.every((tag) => tag.key !== key);
    return this.ofRun('runs/delete-tag', { run_id: id, key }, id, isDone, signal);
  }

  private ofExperiment(
    call: string,
    body: object,
    id: string,
    isDone: (now: Experiment) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const query = new URLSearchParams({ experiment_id: id });
    const read = (): Promise<Experiment> =>
      this.api.lookUp('experiments/get', query, decodeExperiment, signal);
    return this.change(call, body, async () => isDone(await read()), signal);
  }

  private ofRun(
    call: string,
    body: object,
    id: string,
    isDone: (now: Run) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const query = new URLSearchParams({ run_id: id });
    const read = (): Promise<Run> => this.api.lookUp('runs/get', query, decodeRun, signal);
    return this.change(call, body, async () => isDone(await read()), signal);
  }

  private change(
    call: string,
    body: object,
    isDone: () => Promise<boolean>,
    signal: AbortSignal,
  ): Promise<void> {
    return settle({
      send: () => this.send(call, body, () => undefined, signal),
      lookUp: async () => ((await isDone()) ? { result: undefined } : undefined),
    });
  }

  private send<T>(
    call: string,
    body: object,
    decodeReply: (value: unknown) => T,
    signal: AbortSignal,
  ): Promise<T> {
    return this.api.ask({ method: 'POST', call, body, writes: true }, decodeReply, signal);
  }

  private async experimentNamed(
    name: string,
    signal: AbortSignal,
  ): Promise<Experiment | undefined> {
    const query = new URLSearchParams({ experiment_name: name });
    try {
      return await this.api.lookUp('experiments/get-by-name', query, decodeExperiment, signal);
    } catch (error) {
      if (error instanceof MlflowError && error.kind === 'notFound') {
        return undefined;
      }
      throw error;
    }
  }
}

function decodeCreated(value: unknown): string {
  return decode(z.object({ experiment_id: z.string() }), value).experiment_id;
}

function holds(entries: readonly KeyValue[], key: string, value: string): boolean {
  const kept = entries.find((entry) => entry.key === key)?.value;
  return (
    kept === value ||
    (kept !== undefined && kept.length >= longestSafeValue && value.startsWith(kept))
  );
}
