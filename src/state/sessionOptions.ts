import type { Found } from '../mlflow/found';
import type { OpenConnection } from './connection';
import type { Memory } from './memory';

export interface SessionOptions {
  /** Tells this connection from the others of the window. */
  readonly id: string;
  /** What is connected to, for display: no secret is in it. */
  readonly name: string;
  readonly open: OpenConnection;
  /** How the window came by it, as it was last found. */
  readonly found?: (() => Found | undefined) | undefined;
  readonly memory: Memory;
  /** Runs fetched at a time. */
  readonly pageSize: () => number;
  /** Seconds between refreshes while something runs and is visible; 0 is never. */
  readonly refreshInterval: () => number;
}
