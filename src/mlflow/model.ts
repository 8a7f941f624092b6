/** A key with a text value. Keys may be anything, `__proto__` included: keep them in arrays or `Map`s. */
export interface KeyValue {
  readonly key: string;
  readonly value: string;
}
export type Param = KeyValue;
export type Tag = KeyValue;

export type LifecycleStage = 'active' | 'deleted';

/** An experiment; times are milliseconds since 1970, absent on very old stores. */
export interface Experiment {
  /** Decimal text; 18 digits in file stores, so never a number. */
  readonly id: string;
  readonly name: string;
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  readonly creationTime: number | undefined;
  readonly lastUpdateTime: number | undefined;
  readonly tags: readonly Tag[];
}

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

/** A step is a 64-bit integer; beyond ±2^53 it is a `bigint`, so that it stays exact. */
export type Step = number | bigint;

/** One logged value. `value` may be NaN or ±Infinity. */
export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: Step;
}

/** A dataset that a run used. */
export interface DatasetInput {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  /** JSON text or a URI, as the client wrote it. */
  readonly source: string;
  /** JSON text. */
  readonly schema: string | undefined;
  /** JSON text. */
  readonly profile: string | undefined;
  readonly tags: readonly Tag[];
}

/** A run with its params, the latest value of each metric, its tags, inputs and model outputs. */
export interface Run {
  readonly id: string;
  readonly experimentId: string;
  /** Never empty: the id stands in where a server has no name. */
  readonly name: string;
  readonly userId: string;
  readonly status: RunStatus;
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly artifactUri: string;
  readonly lifecycleStage: LifecycleStage;
  readonly params: readonly Param[];
  /** The latest point of each metric, by key as the server orders them. */
  readonly metrics: readonly MetricPoint[];
  readonly tags: readonly Tag[];
  readonly datasets: readonly DatasetInput[];
  /** Logged models this run produced (MLflow 3). */
  readonly modelOutputs: readonly ModelOutput[];
}

/** A logged model among a run's outputs. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: Step;
}

/** The whole or sampled series of one metric of one run, in the order of step, then timestamp. */
export interface MetricHistory {
  readonly key: string;
  readonly steps: Float64Array;
  /** The steps again, exact, when one of them lies beyond ±2^53. */
  readonly exactSteps: BigInt64Array | undefined;
  /** Milliseconds since 1970. */
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
  /** False when the server sampled the series or the limit cut it. */
  readonly complete: boolean;
}

/** Whose files: a run's, those of a model logged by MLflow 3, or those of a version of a registered model. */
export type ArtifactOwner =
  | { readonly kind: 'run'; readonly runId: string }
  | { readonly kind: 'loggedModel'; readonly modelId: string }
  | { readonly kind: 'version'; readonly name: string; readonly version: string };

/** A file or a folder; `path` is relative to the owner's root and uses `/`, empty for the root. */
export interface ArtifactPlace {
  readonly owner: ArtifactOwner;
  readonly path: string;
}

/** One entry of an artifact folder; `path` is relative to the root and uses `/`. */
export interface Artifact {
  readonly path: string;
  readonly isDirectory: boolean;
  /** Bytes; absent for folders and where the store does not say. */
  readonly size: number | undefined;
}

/** One artifact folder. */
export interface ArtifactListing {
  readonly rootUri: string;
  readonly files: readonly Artifact[];
}

/** A name that points at one version of a model, e.g. `champion`. */
export interface ModelAlias {
  readonly alias: string;
  readonly version: string;
}

/** A registered model; times are milliseconds since 1970. */
export interface RegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly creationTime: number | undefined;
  readonly lastUpdatedTime: number | undefined;
  readonly tags: readonly Tag[];
  readonly aliases: readonly ModelAlias[];
  /** The newest version of each stage. */
  readonly latestVersions: readonly ModelVersion[];
}

export type ModelVersionStatus = 'READY' | 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION';

/** One version of a registered model. */
export interface ModelVersion {
  readonly name: string;
  /** Decimal text. */
  readonly version: string;
  /** `None`, `Staging`, `Production` or `Archived`; empty where a registry has no stages. */
  readonly stage: string;
  readonly status: ModelVersionStatus;
  readonly statusMessage: string;
  readonly description: string;
  readonly userId: string;
  readonly source: string;
  readonly runId: string | undefined;
  readonly modelId: string | undefined;
  readonly creationTime: number | undefined;
  readonly lastUpdatedTime: number | undefined;
  readonly tags: readonly Tag[];
  /** Filled by `getModelVersion` only; lists of versions come without (mlflow#9952). */
  readonly aliases: readonly string[];
}

/** A model logged by MLflow 3, which lives beside the runs, not under them. */
export interface LoggedModel {
  readonly id: string;
  readonly experimentId: string;
  readonly name: string;
  readonly artifactUri: string;
  /** `PENDING`, `READY` or `FAILED`. */
  readonly status: string;
  readonly modelType: string;
  readonly sourceRunId: string | undefined;
  readonly creationTime: number | undefined;
  readonly lastUpdatedTime: number | undefined;
  readonly params: readonly Param[];
  readonly metrics: readonly MetricPoint[];
  readonly tags: readonly Tag[];
}
