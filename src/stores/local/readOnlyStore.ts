import type { MetricHistory } from '../../mlflow/model';
import type {
  HistoryOptions,
  SampleOptions,
  TrackingStore,
  WriteMethod,
} from '../../mlflow/trackingStore';
import {
  RegistryPort,
  type RegistryChange,
  type RegistryOutcome,
} from '../../mlflow/registry/registryChanges';
import { needsServer } from './refusals';

/**
 * What stores on this machine have in common: they are only read, so every change rejects with `unsupported`
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

  logArtifact(): Promise<void> {
    return refuse();
  }

  protected changeRegistry<M extends RegistryChange>(): RegistryOutcome<M> {
    return refuse() as RegistryOutcome<M>;
  }

  openArtifact(): Promise<never> {
    return refuse();
  }

  saveArtifact(): Promise<never> {
    return refuse();
  }
}

function refuse(): Promise<never> {
  return Promise.reject(needsServer('a local store is changed through an MLflow server'));
}
