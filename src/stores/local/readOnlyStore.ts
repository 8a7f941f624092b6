import type { TrackingStore, WriteMethod } from '../../mlflow/trackingStore';
import { needsServer } from './refusals';

/** The changing half of the port, for a store that is only read: every method rejects with `unsupported` (`feature`). */
export class ReadOnlyStore implements Pick<TrackingStore, WriteMethod> {
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
}

function refuse(): Promise<never> {
  return Promise.reject(needsServer('a local store is changed through an MLflow server'));
}
