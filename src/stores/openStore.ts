import { isAbsolute } from 'node:path';
import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';
import { parseTrackingUri } from '../mlflow/trackingUri';
import { FileStore } from './files/fileStore';
import { RestStore } from './rest/restStore';
import { SqliteStore } from './sqlite/sqliteStore';
import { removeAbandonedCopies } from './sqlite/snapshot';
import type { StoreSpec } from './storeSpec';

/**
 * Opens the store behind a tracking URI: a server, or a database or a folder on this machine, by an absolute path.
 * `log` gets one line per request. Throws `unsupported` (`scheme`) for a URI that is not spoken; its `serverMessage` is the scheme alone, since a whole
 * URI may hold a password. Throws `unsupported` (`transport`) where the transport cannot be used.
 */
export function openStore(spec: StoreSpec, log: (line: string) => void): TrackingStore {
  const uri = parseTrackingUri(spec.uri);
  if (uri.kind === 'http') {
    return new RestStore(uri.uri, log, spec.transport);
  }
  if (uri.kind === 'sqlite' && isAbsolute(uri.path)) {
    return new SqliteStore(uri.path, log);
  }
  if (uri.kind === 'files' && isAbsolute(uri.path)) {
    return new FileStore(uri.path, log);
  }
  const scheme = /^[a-z][a-z0-9+.-]*(?=:|$)/i.exec(uri.uri)?.[0].toLowerCase() ?? 'file';
  throw new MlflowError('unsupported', 'scheme', { serverMessage: scheme });
}

/** Removes what stores of this machine left behind when their process was killed. Never rejects. */
export function removeLeftovers(): Promise<void> {
  return removeAbandonedCopies();
}
