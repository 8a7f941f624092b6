import type {
  ArtifactListing,
  ArtifactOwner,
  ArtifactPlace,
  MetricHistory,
  ModelVersion,
  Run,
} from '../../mlflow/model';
import type {
  ArtifactRange,
  ArtifactStream,
  ArtifactTarget,
  HistoryOptions,
  SampleOptions,
  SavedArtifact,
  SaveProgress,
  TrackingStore,
  WriteMethod,
} from '../../mlflow/trackingStore';
import {
  RegistryPort,
  type RegistryChange,
  type RegistryOutcome,
} from '../../mlflow/registry/registryChanges';
import { type FileOwner, versionPlace } from '../../mlflow/versionPlace';
import { toStream } from '../bytes/byteSource';
import { type OpenSource, saveBytes } from '../bytes/saveBytes';
import type { ArtifactRoot } from './artifactFolder';
import { openArtifactFile } from './fileSource';
import { listArtifacts } from './listArtifacts';
import { logFile } from './logFile';
import { needsServer } from './refusals';

/**
 * What stores on this machine have in common: they are only read, so every change of theirs rejects with `unsupported`
 * (`feature`), and the whole of a series is as cheap as a sample.
 */
export abstract class ReadOnlyStore
  extends RegistryPort
  implements
    Pick<
      TrackingStore,
      | Exclude<WriteMethod, RegistryChange>
      | 'metricHistory'
      | 'sampledHistory'
      | 'getRun'
      | 'getModelVersion'
      | 'listArtifacts'
      | 'openArtifact'
      | 'saveArtifact'
    >
{
  abstract metricHistory(
    runId: string,
    key: string,
    options: HistoryOptions,
    signal: AbortSignal,
  ): Promise<MetricHistory>;

  sampledHistory(
    runId: string,
    key: string,
    _options: SampleOptions,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    return this.metricHistory(runId, key, { maxPoints: Infinity }, signal);
  }

  createExperiment(): Promise<string> {
    return refuse();
  }

  renameExperiment(): Promise<void> {
    return refuse();
  }

  deleteExperiment(): Promise<void> {
    return refuse();
  }

  restoreExperiment(): Promise<void> {
    return refuse();
  }

  setExperimentTag(): Promise<void> {
    return refuse();
  }

  renameRun(): Promise<void> {
    return refuse();
  }

  deleteRun(): Promise<void> {
    return refuse();
  }

  restoreRun(): Promise<void> {
    return refuse();
  }

  setRunTag(): Promise<void> {
    return refuse();
  }

  deleteRunTag(): Promise<void> {
    return refuse();
  }

  createRun(): Promise<Run> {
    return refuse();
  }

  logParam(): Promise<void> {
    return refuse();
  }

  logParams(): Promise<void> {
    return refuse();
  }

  reopenRun(): Promise<void> {
    return refuse();
  }

  endRun(): Promise<void> {
    return refuse();
  }

  /** The one thing that is written here, as MLflow's client does without a server: a file beside the others of a run. */
  async logArtifact(
    runId: string,
    path: string,
    file: string,
    onProgress: (sent: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const root = await this.rootOf({ kind: 'run', runId }, signal);
    await logFile(root, path, file, onProgress, signal);
  }

  protected changeRegistry<M extends RegistryChange>(): RegistryOutcome<M> {
    return refuse() as RegistryOutcome<M>;
  }

  protected abstract rootOf(owner: FileOwner, signal: AbortSignal): Promise<ArtifactRoot>;

  abstract getRun(id: string, signal: AbortSignal): Promise<Run>;

  abstract getModelVersion(
    name: string,
    version: string,
    signal: AbortSignal,
  ): Promise<ModelVersion>;

  /** Absolute. */
  protected abstract readonly storeFolder: string;

  async listArtifacts(
    owner: ArtifactOwner,
    path: string,
    signal: AbortSignal,
  ): Promise<ArtifactListing> {
    return listArtifacts(await this.artifactRoot(owner, signal), path, signal);
  }

  async openArtifact(
    { owner, path }: ArtifactPlace,
    range: ArtifactRange,
    signal: AbortSignal,
  ): Promise<ArtifactStream> {
    const root = await this.artifactRoot(owner, signal);
    return toStream(await openArtifactFile(root, path, range, signal));
  }

  async saveArtifact(
    { owner, path }: ArtifactPlace,
    target: ArtifactTarget,
    onProgress: (progress: SaveProgress) => void,
    signal: AbortSignal,
  ): Promise<SavedArtifact> {
    const root = await this.artifactRoot(owner, signal);
    const open: OpenSource = (from, _validator, asked) =>
      openArtifactFile(root, path, { from }, asked);
    return saveBytes(open, target, onProgress, signal);
  }

  private async artifactRoot(owner: ArtifactOwner, signal: AbortSignal): Promise<ArtifactRoot> {
    if (owner.kind !== 'version') {
      return this.rootOf(owner, signal);
    }
    const place = await versionPlace(owner, this, signal);
    return 'uri' in place
      ? { uri: place.uri, storeFolder: this.storeFolder }
      : { ...(await this.rootOf(place.owner, signal)), inner: place.path };
  }
}

function refuse(): Promise<never> {
  return Promise.reject(needsServer('a local store is changed through an MLflow server'));
}
