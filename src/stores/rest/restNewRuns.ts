import { randomUUID } from 'node:crypto';
import { MlflowError } from '../../mlflow/errors';
import { quoteKey, quoteValue } from '../../mlflow/filterText';
import type { Param, Run, RunStatus } from '../../mlflow/model';
import { creationTag, type NewRun } from '../../mlflow/trackingStore';
import type { Api } from './api';
import { decodeRun, decodeRunPage } from './decodeRuns';
import { settle } from './settle';

/** Milliseconds. */
const lookUpTimeout = 30_000;

/** `log-batch` takes no more params. */
const paramsPerBatch = 100;

/** What brings runs into being and fills them, each request looked up when its reply is lost. */
export class RestNewRuns {
  constructor(private readonly api: Api) {}

  create(experimentId: string, run: NewRun, signal: AbortSignal): Promise<Run> {
    const mark = randomUUID();
    const body = {
      experiment_id: experimentId,
      ...(run.name !== '' && { run_name: run.name }),
      user_id: run.tags.find(({ key }) => key === 'mlflow.user')?.value,
      start_time: run.startTime,
      tags: [...run.tags, { key: creationTag, value: mark }],
    };
    return settle({
      onlyOnce: true,
      send: () => this.post('runs/create', body, decodeRun, signal),
      lookUp: async () => {
        const result = await this.markedRun(experimentId, mark, signal);
        return result && { result };
      },
    });
  }

  async logParam(runId: string, key: string, value: string, signal: AbortSignal): Promise<void> {
    const body = { run_id: runId, key, value };
    return this.logged('runs/log-parameter', body, runId, [{ key, value }], signal);
  }

  async logParams(runId: string, params: readonly Param[], signal: AbortSignal): Promise<void> {
    for (let start = 0; start < params.length; start += paramsPerBatch) {
      const batch = params.slice(start, start + paramsPerBatch);
      const body = { run_id: runId, params: batch };
      await this.logged('runs/log-batch', body, runId, batch, signal);
    }
  }

  setStatus(
    runId: string,
    status: RunStatus,
    endTime: number | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const body = { run_id: runId, status, end_time: endTime };
    return settle({
      send: () => this.post('runs/update', body, () => undefined, signal),
      lookUp: async () =>
        (await this.run(runId, signal)).status === status ? { result: undefined } : undefined,
    });
  }

  private async logged(
    call: string,
    body: object,
    runId: string,
    params: readonly Param[],
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await settle({
        send: () => this.post(call, body, () => undefined, signal),
        lookUp: async () => {
          const there = new Map(
            (await this.run(runId, signal)).params.map((p) => [p.key, p.value]),
          );
          const isDone = params.every(({ key, value }) => there.get(key) === value);
          return isDone ? { result: undefined } : undefined;
        },
      });
    } catch (error) {
      throw isTaken(error) ? new MlflowError('rejected', 'paramTaken', error.detail) : error;
    }
  }

  private post<T>(
    call: string,
    body: object,
    decodeReply: (value: unknown) => T,
    signal: AbortSignal,
  ): Promise<T> {
    return this.api.ask({ method: 'POST', call, body, writes: true }, decodeReply, signal);
  }

  private run(id: string, signal: AbortSignal): Promise<Run> {
    const query = new URLSearchParams({ run_id: id });
    const request = { method: 'GET', call: 'runs/get', query, timeLimit: lookUpTimeout } as const;
    return this.api.ask(request, decodeRun, signal);
  }

  private async markedRun(
    experimentId: string,
    mark: string,
    signal: AbortSignal,
  ): Promise<Run | undefined> {
    const body = {
      experiment_ids: [experimentId],
      filter: `tags.${quoteKey(creationTag)} = ${quoteValue(mark)}`,
      max_results: 1,
    };
    const request = {
      method: 'POST',
      call: 'runs/search',
      body,
      timeLimit: lookUpTimeout,
    } as const;
    return (await this.api.ask(request, decodeRunPage, signal)).items[0];
  }
}

/** MLflow has no code of its own for it. */
function isTaken(error: unknown): error is MlflowError {
  return (
    error instanceof MlflowError &&
    error.kind === 'rejected' &&
    /Changing param values is not allowed/.test(error.detail.serverMessage ?? '')
  );
}
