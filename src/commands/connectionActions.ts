import type { NamedConnection, NamedUri, RememberedConnection } from '../mlflow/found';
import type { Session } from '../state/session';

/** What commands may do about which connections a window has. URIs are without credentials. */
export interface ConnectionActions {
  /** What takes the place of what settings, environment and folders name. */
  readonly instead: NamedUri | undefined;
  /** What was used before, in whatever window, latest first. */
  readonly remembered: readonly RememberedConnection[];
  /** What settings, environment and folders name, then what else lies in the folders; asks no server. */
  named(): Promise<readonly NamedConnection[]>;
  /** Connects the window to something else. */
  use(named: NamedUri): Promise<Session | undefined>;
  /** Goes back to what settings, environment and folders name. */
  useNamed(): Promise<Session | undefined>;
  /** Connects the window to something else as well; where it is connected to that, makes it the active one. */
  putBeside(named: NamedUri): Promise<Session | undefined>;
  /** Takes away what was put beside. */
  close(session: Session): Promise<void>;
  forget(uri: string): Promise<void>;
}
