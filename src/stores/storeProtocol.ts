import type { ArtifactStream, ServerInfo, TrackingStore } from '../mlflow/trackingStore';
import { MlflowError } from '../mlflow/errors';
import type { FilterMistake } from '../mlflow/filterMistake';
import { registryChanges, type RegistryChange } from '../mlflow/registry/registryChanges';
import type { PackedListing } from './packedListing';
import type { PackedRuns } from './packedRuns';
import type { StoreSpec } from './storeSpec';
import type { CallbackRef } from './telling';

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
  createRun: true,
  logParam: true,
  logParams: true,
  reopenRun: true,
  endRun: true,
  metricHistory: true,
  sampledHistory: true,
  listArtifacts: true,
  openArtifact: true,
  saveArtifact: true,
  logArtifact: true,
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
} as const satisfies Record<Exclude<keyof TrackingStore, 'dispose'>, true>;

export type StoreMethod = keyof typeof methods;
export const storeMethods = Object.keys(methods) as readonly StoreMethod[];

/** The arguments of a method without its last, the signal. */
export type StoreArguments<M extends StoreMethod> =
  Parameters<TrackingStore[M]> extends [...infer A, AbortSignal] ? A : never;

export type StoreResult<M extends StoreMethod> = Awaited<ReturnType<TrackingStore[M]>>;

/** Arguments as they cross the thread; a request has one function among them at most. */
export type WireArguments<M extends StoreMethod> = {
  [N in keyof StoreArguments<M>]: StoreArguments<M>[N] extends (...args: never[]) => void
    ? CallbackRef
    : StoreArguments<M>[N];
};

/** A stream that is open in the worker. */
export interface StreamHandle extends Omit<ArtifactStream, 'read' | 'close'> {
  readonly stream: number;
}

/** A result as it crosses the thread. */
export type WireResult<M extends StoreMethod> = M extends 'searchRuns'
  ? PackedRuns
  : M extends 'listArtifacts'
    ? PackedListing
    : M extends 'openArtifact'
      ? StreamHandle
      : StoreResult<M>;

/** Which store a request is for; the worker opens it when it first hears of it. */
export interface StoreRef {
  readonly id: number;
  readonly spec: StoreSpec;
}

/** What the extension host and the store worker say to each other; results are the port's own, long ones packed. */
export interface StoreProtocol {
  requests: {
    [M in StoreMethod]: {
      params: { store: StoreRef; args: WireArguments<M> };
      result: WireResult<M>;
    };
  };
  /** `close` takes a store's id, `closeStream` a stream's, and `giveUp` the callback of the request that is to end. */
  notices: { close: number; closeStream: number; giveUp: number };
  events: {
    /** One line for the log channel, e.g. about a request, without secrets. */
    log: string;
    /** A function among the arguments of a request is called. */
    told: { readonly callback: number; readonly value: unknown };
  };
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
    /** The next piece of a stream, which moves over; one is asked for at a time. */
    readStream: { params: number; result: Uint8Array<ArrayBuffer> | undefined };
    /** The language of filters is known in the worker, so that the extension host need not load it. */
    filterMistake: {
      params: { typed: string; server: ServerInfo };
      result: FilterMistake | undefined;
    };
  };
}
