import type { TrackingStore } from '../mlflow/trackingStore';
import { MlflowError } from '../mlflow/errors';
import type { StoreSpec } from './storeSpec';

/**
 * Every method of the port that is asked over the channel, and whether it changes anything; a new one must
 * be listed here to compile.
 */
const methods = {
  serverInfo: 'reads',
  recheck: 'reads',
  searchExperiments: 'reads',
  getExperiment: 'reads',
  createExperiment: 'writes',
  renameExperiment: 'writes',
  deleteExperiment: 'writes',
  restoreExperiment: 'writes',
  setExperimentTag: 'writes',
  searchRuns: 'reads',
  getRun: 'reads',
  renameRun: 'writes',
  deleteRun: 'writes',
  restoreRun: 'writes',
  setRunTag: 'writes',
  deleteRunTag: 'writes',
  metricHistory: 'reads',
  listArtifacts: 'reads',
  searchRegisteredModels: 'reads',
  getRegisteredModel: 'reads',
  searchModelVersions: 'reads',
  getModelVersion: 'reads',
  searchLoggedModels: 'reads',
  getLoggedModel: 'reads',
  listLoggedModelArtifacts: 'reads',
} as const satisfies Record<Exclude<keyof TrackingStore, 'dispose'>, 'reads' | 'writes'>;

export type StoreMethod = keyof typeof methods;
export const storeMethods = Object.keys(methods) as readonly StoreMethod[];

export function writes(method: StoreMethod): boolean {
  return methods[method] === 'writes';
}

/** The arguments of a method without its last, the signal. */
export type StoreArguments<M extends StoreMethod> =
  Parameters<TrackingStore[M]> extends [...infer A, AbortSignal] ? A : never;

export type StoreResult<M extends StoreMethod> = Awaited<ReturnType<TrackingStore[M]>>;

/** Which store a request is for; the worker opens it when it first hears of it. */
export interface StoreRef {
  readonly id: number;
  readonly spec: StoreSpec;
}

/** What the extension host and the store worker say to each other; results are the port's own. */
export interface StoreProtocol {
  requests: {
    [M in StoreMethod]: {
      params: { store: StoreRef; args: StoreArguments<M> };
      result: StoreResult<M>;
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
