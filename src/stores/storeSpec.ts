/** Which store to open, as plain data that can cross to the store worker. Equal specs mean the same store. */
export interface StoreSpec {
  /** A tracking URI as MLflow takes it; an address pasted from the browser will do. */
  readonly uri: string;
}
