import type { Disposable } from '../base/disposable';
import type {
  ArtifactListing,
  ArtifactOwner,
  ArtifactPlace,
  Experiment,
  LoggedModel,
  MetricHistory,
  ModelVersion,
  Param,
  RegisteredModel,
  Run,
  RunStatus,
  Tag,
} from './model';
import { registryChanges, type RegistryChanges } from './registry/registryChanges';

/** One page of a list; without a token it was the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | undefined;
}

export type ViewType = 'active' | 'deleted' | 'all';

/** What every paged search takes. `filter` and `orderBy` are in MLflow's language. */
export interface SearchQuery {
  readonly filter?: string | undefined;
  readonly orderBy?: readonly string[] | undefined;
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
}

export interface ExperimentQuery extends SearchQuery {
  readonly view: ViewType;
}

export interface RunQuery extends SearchQuery {
  readonly experimentIds: readonly string[];
  readonly view: ViewType;
}

export interface LoggedModelQuery {
  readonly experimentIds: readonly string[];
  readonly filter?: string | undefined;
  readonly maxResults: number;
  readonly pageToken?: string | undefined;
}

/** What a store can do; found once, by asking it. */
export interface ServerInfo {
  /** MLflow's version, e.g. `3.17.2`; absent where it could not be read. */
  readonly version: string | undefined;
  /** `SqlStore`, `FileStore`, …; absent before MLflow 3. */
  readonly storeType: string | undefined;
  /** Base address of MLflow's own web pages, without a trailing slash; absent where there are none. */
  readonly uiUrl: string | undefined;
  readonly can: ServerAbilities;
}

export interface ServerAbilities {
  /** Logged models (MLflow 3). */
  readonly loggedModels: boolean;
  /** `IS NULL` and `IS NOT NULL` in run filters (MLflow 3). */
  readonly filterNull: boolean;
  /** `metrics/get-history` honours `max_results` and `page_token` (MLflow 3). */
  readonly pagedHistory: boolean;
  readonly workspaces: boolean;
  /** The server hands out artifacts itself. */
  readonly artifactServing: boolean;
  /** It tells when it has changed ({@link TrackingStore.nextChange}). */
  readonly watching: boolean;
}

export interface HistoryOptions {
  /** At most so many points are read, the first ones by the server's order; the rest makes `complete` false. */
  readonly maxPoints: number;
}

export interface SampleOptions {
  /** Only points from this step on are wanted; more may come. */
  readonly fromStep?: number | undefined;
  /** The greatest step that is known of, for a guess how long the series is. */
  readonly lastStep?: number | undefined;
}

/** Which bytes of a file are wanted. */
export interface ArtifactRange {
  /** The first byte, from 0; below 0 it counts from the end, where the store knows the size. */
  readonly from: number;
  /** So many bytes at most; all to the end without it. */
  readonly length?: number | undefined;
}

/** The bytes of a file, piece by piece, in order. */
export interface ArtifactStream {
  /** Bytes of the whole file; absent where the server does not say. */
  readonly size: number | undefined;
  /** Place of the first byte that comes. */
  readonly from: number;
  /** Names this state of the file: of another state it is another. Absent where the server does not say. */
  readonly validator: string | undefined;
  /**
   * The next bytes, about 1 MB; `undefined` after the last. Rejects with `unreachable` (`cut`) when fewer came than the server
   * had said, or when the connection broke.
   */
  read(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Gives up the rest. */
  close(): void;
}

/** Where the bytes of a file go. */
export interface ArtifactTarget {
  /** Absolute; it is created, or written on where `from` is above 0. Nothing but this file is touched. */
  readonly file: string;
  /** So many bytes are there already. */
  readonly from: number;
  /** Of the bytes that are there; those of another state are written anew from the beginning. */
  readonly validator: string | undefined;
}

/** A file that was saved whole. */
export interface SavedArtifact {
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes that came now. */
  readonly received: number;
  readonly validator: string | undefined;
  /** Hexadecimal MD5 that the server gave for the whole file, which was compared with what came. */
  readonly verified: string | undefined;
}

/** What is known while a file is being saved. */
export interface SaveProgress {
  /** Bytes in the file by now. */
  readonly written: number;
  readonly size: number | undefined;
  readonly validator: string | undefined;
}

/** A run to begin. */
export interface NewRun {
  /** MLflow makes one up where it is empty. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  /** Who `mlflow.user` names is the run's user. */
  readonly tags: readonly Tag[];
}

/** A run is marked with a text of its own when it is made, so that it is found should the reply be lost. */
export const creationTag = 'mlflowWorkbench.creation';

/** How a run may end. */
export type RunEnd = Exclude<RunStatus, 'RUNNING' | 'SCHEDULED'>;

/** The most points of a run that MLflow's servers pick when they sample a series. */
export const sampledPoints = 2500;

/**
 * The port to a tracking server or a local store, registry included. Every method rejects with
 * an `MlflowError`, or with an `AbortError` once `signal` fires. Replies are immutable data.
 *
 * Reads are tried again where that may help. A write never is before it was looked up whether it
 * took effect: it resolves when it did, and rejects with `unknownOutcome` when nobody can tell.
 */
export interface TrackingStore extends RegistryChanges, Disposable {
  /** Asks once what the store can do; later calls answer from memory until a request fails. */
  serverInfo(signal: AbortSignal): Promise<ServerInfo>;
  /** Asks anew: a server may have been replaced by another version. */
  recheck(signal: AbortSignal): Promise<ServerInfo>;

  /** At most 50,000 a page. */
  searchExperiments(query: ExperimentQuery, signal: AbortSignal): Promise<Page<Experiment>>;
  getExperiment(id: string, signal: AbortSignal): Promise<Experiment>;

  /** Resolves to the id; rejects with `rejected` when the name is taken, by a deleted one, too. */
  createExperiment(name: string, signal: AbortSignal): Promise<string>;
  renameExperiment(id: string, name: string, signal: AbortSignal): Promise<void>;
  deleteExperiment(id: string, signal: AbortSignal): Promise<void>;
  restoreExperiment(id: string, signal: AbortSignal): Promise<void>;
  /** Values over 5,000 characters may be cut by the server. */
  setExperimentTag(id: string, key: string, value: string, signal: AbortSignal): Promise<void>;

  /** At most 50,000 a page; no experiment ids means no runs. Pages may overlap while runs are being added. */
  searchRuns(query: RunQuery, signal: AbortSignal): Promise<Page<Run>>;
  getRun(id: string, signal: AbortSignal): Promise<Run>;
  renameRun(id: string, name: string, signal: AbortSignal): Promise<void>;
  deleteRun(id: string, signal: AbortSignal): Promise<void>;
  restoreRun(id: string, signal: AbortSignal): Promise<void>;
  /** Values over 8,000 characters are cut by the server without a word. */
  setRunTag(id: string, key: string, value: string, signal: AbortSignal): Promise<void>;
  deleteRunTag(id: string, key: string, signal: AbortSignal): Promise<void>;
  /** Every call makes a run, which is in progress; it is never sent twice. It has the tag {@link creationTag}, too. */
  createRun(experimentId: string, run: NewRun, signal: AbortSignal): Promise<Run>;
  /**
   * Logs a param, which nothing changes any more. Of many callers at once with values of their own, one succeeds on SQL stores; the
   * others reject with `rejected` (`paramTaken`). The value that is there may be logged again. MLflow takes at most 6,000 characters.
   */
  logParam(runId: string, key: string, value: string, signal: AbortSignal): Promise<void>;
  /** Logs any number of params, a hundred at a time; rejects as {@link logParam} does, and then some may be there. */
  logParams(runId: string, params: readonly Param[], signal: AbortSignal): Promise<void>;
  /** Says that a run that had ended goes on. */
  reopenRun(runId: string, signal: AbortSignal): Promise<void>;
  /** Says how a run ended; `endTime` in milliseconds since 1970. It may have ended otherwise before. */
  endRun(runId: string, status: RunEnd, endTime: number, signal: AbortSignal): Promise<void>;
  metricHistory(
    runId: string,
    key: string,
    options: HistoryOptions,
    signal: AbortSignal,
  ): Promise<MetricHistory>;

  /**
   * As much of a series as comes soon: all of it from a local store, and from a server where that is soon enough, else about
   * {@link sampledPoints} points from a server. Between them peaks may be missing; `complete` is true only when all
   * points surely came, or all from `fromStep` on.
   */
  sampledHistory(
    runId: string,
    key: string,
    options: SampleOptions,
    signal: AbortSignal,
  ): Promise<MetricHistory>;

  /**
   * One folder of artifacts; `path` is empty for the root. `files` is empty, too, where `path` is a file or nothing. Rejects with
   * `unsupported` (`artifacts`) where the store cannot reach where they lie, which `rootUri` of the detail names.
   */
  listArtifacts(owner: ArtifactOwner, path: string, signal: AbortSignal): Promise<ArtifactListing>;
  /** Opens a file. Rejects as {@link listArtifacts} does, and with `notFound` where there is no such file. */
  openArtifact(
    place: ArtifactPlace,
    range: ArtifactRange,
    signal: AbortSignal,
  ): Promise<ArtifactStream>;
  /**
   * Writes a file to this machine's disk, and on where a part of it is there and the store can: resolves once it is there
   * whole. What came stays when it rejects, so that it can be gone on with.
   */
  saveArtifact(
    place: ArtifactPlace,
    target: ArtifactTarget,
    onProgress: (progress: SaveProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedArtifact>;
  /** Uploads a file (absolute path) of this machine; `path` is where it goes below the run's root. */
  logArtifact(
    runId: string,
    path: string,
    file: string,
    onProgress: (sent: number) => void,
    signal: AbortSignal,
  ): Promise<void>;

  /** At most 1,000 a page; prompts are left out. */
  searchRegisteredModels(query: SearchQuery, signal: AbortSignal): Promise<Page<RegisteredModel>>;
  getRegisteredModel(name: string, signal: AbortSignal): Promise<RegisteredModel>;
  /** At most 200,000 a page; `aliases` of the versions are empty. */
  searchModelVersions(query: SearchQuery, signal: AbortSignal): Promise<Page<ModelVersion>>;
  getModelVersion(name: string, version: string, signal: AbortSignal): Promise<ModelVersion>;

  /**
   * Resolves once anything has changed since the last call resolved: the list of experiments, the registry, the
   * runs of these experiments. It may resolve without a change, as the first call does, but never misses one for
   * more than some seconds. One call at a time. Rejects with `unsupported` (`feature`) where the store cannot tell.
   */
  nextChange(experimentIds: readonly string[], signal: AbortSignal): Promise<void>;

  /** Rejects with `unsupported` before MLflow 3. */
  searchLoggedModels(query: LoggedModelQuery, signal: AbortSignal): Promise<Page<LoggedModel>>;
  getLoggedModel(id: string, signal: AbortSignal): Promise<LoggedModel>;
}

const writeMethods = [
  'createExperiment',
  'renameExperiment',
  'deleteExperiment',
  'restoreExperiment',
  'setExperimentTag',
  'renameRun',
  'deleteRun',
  'restoreRun',
  'setRunTag',
  'deleteRunTag',
  'createRun',
  'logParam',
  'logParams',
  'reopenRun',
  'endRun',
  'logArtifact',
  ...registryChanges,
] as const satisfies readonly (keyof TrackingStore)[];

/** A method of the port that changes something. */
export type WriteMethod = (typeof writeMethods)[number];

export function isWrite(method: keyof TrackingStore): method is WriteMethod {
  return (writeMethods as readonly string[]).includes(method);
}
