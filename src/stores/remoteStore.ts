import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import { MlflowError } from '../mlflow/errors';
import type { FilterMistake } from '../mlflow/filterMistake';
import type { ArtifactOwner, ArtifactPlace, Param } from '../mlflow/model';
import {
  type ArtifactRange,
  type ArtifactTarget,
  type ExperimentQuery,
  type HistoryOptions,
  type LoggedModelQuery,
  type NewRun,
  type RunEnd,
  type RunQuery,
  type SampleOptions,
  type SaveProgress,
  type SearchQuery,
  type ServerInfo,
  type TrackingStore,
  isWrite,
} from '../mlflow/trackingStore';
import {
  RegistryPort,
  type RegistryArguments,
  type RegistryChange,
  type RegistryOutcome,
} from '../mlflow/registry/registryChanges';
import { type RpcClient, connect } from '../protocol/rpc';
import { unpackListing } from './packedListing';
import { unpackRuns } from './packedRuns';
import { type CallResult, StoreCalls } from './storeCalls';
import {
  type StoreArguments,
  type StoreMethod,
  type StoreRef,
  type WorkerProtocol,
  decodeError,
} from './storeProtocol';
import type { StoreSpec } from './storeSpec';

interface Running {
  readonly worker: Worker;
  readonly client: RpcClient<WorkerProtocol>;
  readonly calls: StoreCalls;
}

/**
 * The extension host's end of the store worker, which holds every store. The worker starts with
 * the first request; when it dies, open requests reject with `unreachable`, reads as `cut` and writes as
 * `unknownOutcome`, and the next request starts a new one.
 */
export class StoreWorker implements Disposable {
  private running: Running | undefined;
  private lastId = 0;
  private disposed = false;

  /** `workerPath` is the absolute path of `storeWorker.js`. */
  constructor(
    private readonly workerPath: string,
    private readonly log: Log,
  ) {}

  /** Opens nothing yet: a wrong URI shows at the first request. */
  open(spec: StoreSpec): TrackingStore {
    const ref: StoreRef = { id: ++this.lastId, spec };
    return new RemoteStore(
      async (method, args, signal) => {
        try {
          return await this.current().calls.call(ref, method, args, signal);
        } catch (error) {
          throw error instanceof WorkerEnded && isWrite(method)
            ? new MlflowError('unreachable', 'unknownOutcome', error.detail)
            : error;
        }
      },
      () => this.running?.client.notify('close', ref.id),
    );
  }

  /** See `filterMistake` in `src/mlflow/filterMistake.ts`; `undefined`, too, where the worker cannot say. */
  async filterMistake(typed: string, server: ServerInfo): Promise<FilterMistake | undefined> {
    try {
      return await this.current().client.call('filterMistake', { typed, server });
    } catch (error) {
      this.log.warn(`checking a filter: ${String(error)}`);
      return undefined;
    }
  }

  dispose(): void {
    this.disposed = true;
    this.stop(new MlflowError('unreachable', 'cut', { serverMessage: 'the store was closed' }));
  }

  private current(): Running {
    if (this.disposed) {
      throw new MlflowError('unreachable', 'cut', { serverMessage: 'the store was closed' });
    }
    this.running ??= this.start();
    return this.running;
  }

  private start(): Running {
    const worker = new Worker(this.workerPath, { name: 'mlflow-stores' });
    const client = connect<WorkerProtocol>(
      {
        post: (message, transfer) => worker.postMessage(message, transfer),
        onMessage: (listener) => {
          worker.on('message', listener);
          return () => worker.off('message', listener);
        },
      },
      decodeError,
    );
    client.on('log', (line) => this.log.info(line));
    const died = (why: string): void => {
      if (this.running?.worker === worker) {
        this.log.error(`store worker: ${why}`);
        this.stop(new WorkerEnded(why));
      }
    };
    worker.on('error', (error) => died(String(error)));
    worker.on('exit', (code) => died(`ended with code ${code}`));
    return { worker, client, calls: new StoreCalls(client) };
  }

  private stop(error: Error): void {
    const running = this.running;
    this.running = undefined;
    running?.client.close(error);
    running?.worker.unref();
    void running?.worker.terminate();
  }
}

/** Nobody is left to look up what became of a write. */
class WorkerEnded extends MlflowError {
  constructor(why: string) {
    super('unreachable', 'cut', { serverMessage: why });
  }
}

type Send = <M extends StoreMethod>(
  method: M,
  args: StoreArguments<M>,
  signal: AbortSignal,
) => Promise<CallResult<M>>;

/** The port, spoken to the worker. */
class RemoteStore extends RegistryPort implements TrackingStore {
  private closed = false;

  constructor(
    private readonly request: Send,
    private readonly close: () => void,
  ) {
    super();
  }

  serverInfo(signal: AbortSignal) {
    return this.send('serverInfo', [], signal);
  }

  recheck(signal: AbortSignal) {
    return this.send('recheck', [], signal);
  }

  searchExperiments(query: ExperimentQuery, signal: AbortSignal) {
    return this.send('searchExperiments', [query], signal);
  }

  getExperiment(id: string, signal: AbortSignal) {
    return this.send('getExperiment', [id], signal);
  }

  createExperiment(name: string, signal: AbortSignal) {
    return this.send('createExperiment', [name], signal);
  }

  renameExperiment(id: string, name: string, signal: AbortSignal) {
    return this.send('renameExperiment', [id, name], signal);
  }

  deleteExperiment(id: string, signal: AbortSignal) {
    return this.send('deleteExperiment', [id], signal);
  }

  restoreExperiment(id: string, signal: AbortSignal) {
    return this.send('restoreExperiment', [id], signal);
  }

  setExperimentTag(id: string, key: string, value: string, signal: AbortSignal) {
    return this.send('setExperimentTag', [id, key, value], signal);
  }

  async searchRuns(query: RunQuery, signal: AbortSignal) {
    return unpackRuns(await this.send('searchRuns', [query], signal));
  }

  getRun(id: string, signal: AbortSignal) {
    return this.send('getRun', [id], signal);
  }

  renameRun(id: string, name: string, signal: AbortSignal) {
    return this.send('renameRun', [id, name], signal);
  }

  deleteRun(id: string, signal: AbortSignal) {
    return this.send('deleteRun', [id], signal);
  }

  restoreRun(id: string, signal: AbortSignal) {
    return this.send('restoreRun', [id], signal);
  }

  setRunTag(id: string, key: string, value: string, signal: AbortSignal) {
    return this.send('setRunTag', [id, key, value], signal);
  }

  deleteRunTag(id: string, key: string, signal: AbortSignal) {
    return this.send('deleteRunTag', [id, key], signal);
  }

  createRun(experimentId: string, run: NewRun, signal: AbortSignal) {
    return this.send('createRun', [experimentId, run], signal);
  }

  logParam(runId: string, key: string, value: string, signal: AbortSignal) {
    return this.send('logParam', [runId, key, value], signal);
  }

  logParams(runId: string, params: readonly Param[], signal: AbortSignal) {
    return this.send('logParams', [runId, params], signal);
  }

  reopenRun(runId: string, signal: AbortSignal) {
    return this.send('reopenRun', [runId], signal);
  }

  endRun(runId: string, status: RunEnd, endTime: number, signal: AbortSignal) {
    return this.send('endRun', [runId, status, endTime], signal);
  }

  metricHistory(runId: string, key: string, options: HistoryOptions, signal: AbortSignal) {
    return this.send('metricHistory', [runId, key, options], signal);
  }

  sampledHistory(runId: string, key: string, options: SampleOptions, signal: AbortSignal) {
    return this.send('sampledHistory', [runId, key, options], signal);
  }

  async listArtifacts(owner: ArtifactOwner, path: string, signal: AbortSignal) {
    return unpackListing(await this.send('listArtifacts', [owner, path], signal));
  }

  openArtifact(place: ArtifactPlace, range: ArtifactRange, signal: AbortSignal) {
    return this.send('openArtifact', [place, range], signal);
  }

  saveArtifact(
    place: ArtifactPlace,
    target: ArtifactTarget,
    onProgress: (progress: SaveProgress) => void,
    signal: AbortSignal,
  ) {
    return this.send('saveArtifact', [place, target, onProgress], signal);
  }

  logArtifact(
    runId: string,
    path: string,
    file: string,
    onProgress: (sent: number) => void,
    signal: AbortSignal,
  ) {
    return this.send('logArtifact', [runId, path, file, onProgress], signal);
  }

  searchRegisteredModels(query: SearchQuery, signal: AbortSignal) {
    return this.send('searchRegisteredModels', [query], signal);
  }

  getRegisteredModel(name: string, signal: AbortSignal) {
    return this.send('getRegisteredModel', [name], signal);
  }

  searchModelVersions(query: SearchQuery, signal: AbortSignal) {
    return this.send('searchModelVersions', [query], signal);
  }

  getModelVersion(name: string, version: string, signal: AbortSignal) {
    return this.send('getModelVersion', [name, version], signal);
  }

  nextChange(experimentIds: readonly string[], signal: AbortSignal) {
    return this.send('nextChange', [experimentIds], signal);
  }

  searchLoggedModels(query: LoggedModelQuery, signal: AbortSignal) {
    return this.send('searchLoggedModels', [query], signal);
  }

  getLoggedModel(id: string, signal: AbortSignal) {
    return this.send('getLoggedModel', [id], signal);
  }

  dispose(): void {
    this.closed = true;
    this.close();
  }

  protected changeRegistry<M extends RegistryChange>(
    method: M,
    args: RegistryArguments<M>,
  ): RegistryOutcome<M> {
    const rest = args.slice(0, -1) as StoreArguments<M>;
    return this.send(method, rest, args.at(-1) as AbortSignal) as RegistryOutcome<M>;
  }

  /** Never throws, always rejects. */
  private async send<M extends StoreMethod>(
    method: M,
    args: StoreArguments<M>,
    signal: AbortSignal,
  ): Promise<CallResult<M>> {
    if (this.closed) {
      throw new MlflowError('unreachable', 'cut', { serverMessage: 'the store was closed' });
    }
    return this.request(method, args, signal);
  }
}
