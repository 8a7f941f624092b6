/** What named a tracking URI. */
export type UriOrigin =
  | 'userSetting'
  /** The settings of the workspace or of one of its folders. */
  | 'workspaceSetting'
  | 'environment'
  /** The `.env` file of a folder. */
  | 'envFile'
  | 'localStore'
  | 'defaultServer'
  /** A person, for this window. */
  | 'chosen'
  /** A person, for this window, out of what nobody but a workspace or a link ever named. */
  | 'chosenOfOthers';

/**
 * Whose word it is that an address is meant: the person's at this machine, or somebody else's, such
 * as a workspace's or a link's. Nobody else's word sends the person's secrets anywhere.
 */
export type NamedBy = 'person' | 'others';

/** A tracking URI without credentials, and who named it. */
export interface NamedUri {
  readonly uri: string;
  readonly namedBy: NamedBy;
}

/** How a window came by a connection. */
export interface Found {
  readonly origin: UriOrigin;
  /** Paths of the workspace folders that name it; empty where no folder does. */
  readonly folders: readonly string[];
  /** Whether it was put beside the others by hand, and so can be closed. */
  readonly beside: boolean;
}

/** What settings, environment or folders name, without credentials. */
export interface NamedConnection extends Found {
  readonly uri: string;
}

/** A connection that was used before, in whatever window. */
export interface RememberedConnection extends NamedUri {
  /** When it was last opened, in milliseconds since 1970. */
  readonly usedAt: number;
  /** MLflow's version when it was last seen. */
  readonly version: string | undefined;
}

/** Whose word an origin is. */
export function namedBy(origin: UriOrigin): NamedBy {
  switch (origin) {
    case 'userSetting':
    case 'environment':
    case 'chosen':
      return 'person';
    default:
      return 'others';
  }
}
