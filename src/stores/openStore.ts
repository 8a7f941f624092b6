import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';
import { RestStore } from './rest/restStore';
import type { StoreSpec } from './storeSpec';

/** Opens the store behind a tracking URI; throws `unsupported` (`scheme`) for one that is not spoken. */
export function openStore(spec: StoreSpec, log: (line: string) => void): TrackingStore {
  const uri = spec.uri.trim();
  if (/^https?:\/\//i.test(uri)) {
    return new RestStore(uri, log);
  }
  throw new MlflowError('unsupported', 'scheme', { serverMessage: schemeOf(uri) });
}

/** `databricks`, `postgresql` …; a whole URI may hold a password and is never passed on. */
function schemeOf(uri: string): string {
  return /^([a-z][a-z0-9+.-]*)(?=:|$)/i.exec(uri)?.[1]?.toLowerCase() ?? 'file';
}
