import type { Transport } from '../mlflow/transport';

/** Which store to open, as plain data that can cross to the store worker. */
export interface StoreSpec {
  /** A tracking URI as MLflow takes it; an address pasted from the browser will do. */
  readonly uri: string;
  /** How to speak to it, where it is a server. */
  readonly transport?: Transport | undefined;
}
