import type { TrackingStore } from '../../mlflow/trackingStore';

/** A tracking server spoken to over MLflow's REST API. */
export declare const RestStore: new (uri: string, log: (line: string) => void) => TrackingStore;
