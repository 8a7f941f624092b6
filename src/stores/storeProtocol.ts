import type { ServerInfo, TrackingStore } from '../mlflow/trackingStore';
import { MlflowError } from '../mlflow/errors';
import type { FilterMistake } from '../mlflow/filterMistake';
import { registryChanges, type RegistryChange } from '../mlflow/registry/registryChanges';
import type { PackedRuns } from './packedRuns';
import type { StoreSpec } from './storeSpec';

/** Every method of the port that is asked over the channel; a new one must be listed here to compile. */
const methods = {
  serverInfo: true,
  recheck: true,
  searchExperiments: true,
  getExperiment: true,
  createExperiment: true,
  renameExperiment: true,
  deleteExperiment: true,
  restoreExperiment: true,
  setExperimentTag: true,
  searchRuns: true,
  getRun: true,
  renameRun: true,
  deleteRun: true,
  restoreRun: true,
  setRunTag: true,
  deleteRunTag: true,
  metricHistory: true,
  sampledHistory: true,
  listArtifacts: true,
  searchRegisteredModels: true,
  getRegisteredModel: true,
  searchModelVersions: true,
  getModelVersion: true,
  nextChange: true,
  searchLoggedModels: true,
  getLoggedModel: true,
  ...(Object.fromEntries(registryChanges.map((method) => [method, true])) as Record<
    RegistryChange,
    true
  >),
} as const satisfies Record<
  Exclude<keyof TrackingStore, 'dispose' | 'openArtifact' | 'saveArtifact' | 'logArtifact'>,
  true
>;

export type StoreMethod = keyof typeof methods;
export const storeMethods = Object.keys(methods) as readonly StoreMethod[];

/** The arguments of a method without its last, the signal. */
export type StoreArguments<M extends StoreMethod> =
  Parameters<TrackingStore[M]> extends [...infer A, AbortSignal] ? A : never;

export type StoreResult<M extends StoreMethod> = Awaited<ReturnType<TrackingStore[M]>>;

/** A result as it crosses the thread. */
export type WireResult<M extends StoreMethod> = M extends 'searchRuns'
  ? PackedRuns
  : StoreResult<M>;

/** Which store a request is for; the worker opens it when it first hears of it. */
export interface StoreRef {
  readonly id: number;
  readonly spec: StoreSpec;
}

/** What the extension host and the store worker say to each other; results are the port's own, runs packed. */
export interface StoreProtocol {
  requests: {
    [M in StoreMethod]: {
      params: { store: StoreRef; args: StoreArguments<M> };
      result: WireResult<M>;
    };
  };
  /** `close` takes a store's id. */
  notices: { close: number };
  /** `log` is one line for the log channel, e.g. about a request, without secrets. */
  events: { log: string };
}

interface EncodedError {
  readonly mlflow?: Pick<MlflowError, 'kind' | 'reason' | 'detail'>;
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
}

/** Structured cloning keeps only the message of an error: `MlflowError`s travel as their parts. */
export function encodeError(error: unknown): EncodedError {
  if (error instanceof MlflowError) {
    const { kind, reason, detail, name, message } = error;
    return { mlflow: { kind, reason, detail }, name, message };
  }
  if (error instanceof Error) {
    return { name: error.name, message: error.message, stack: error.stack };
  }
  return { name: 'Error', message: String(error) };
}

export function decodeError(value: unknown): Error {
  const encoded = value as EncodedError;
  if (encoded.mlflow !== undefined) {
    return new MlflowError(encoded.mlflow.kind, encoded.mlflow.reason, encoded.mlflow.detail);
  }
  return Object.assign(new Error(encoded.message), { name: encoded.name, stack: encoded.stack });
}

/** Everything that the store worker answers. */
export interface WorkerProtocol extends Omit<StoreProtocol, 'requests'> {
  requests: StoreProtocol['requests'] & {
    /** The language of filters is known in the worker, so that the extension host need not load it. */
    filterMistake: {
      params: { typed: string; server: ServerInfo };
      result: FilterMistake | undefined;
    };
  };
}
