import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';
import { parseTrackingUri } from '../mlflow/trackingUri';
import { RestStore } from './rest/restStore';
import type { StoreSpec } from './storeSpec';

/**
 * Opens the store behind a tracking URI; `log` gets one line per request. Throws `unsupported`
 * (`scheme`) for a URI that is not spoken; its `serverMessage` is the scheme alone, since a whole
 * URI may hold a password. Throws `unsupported` (`transport`) where the transport cannot be used.
 */
export function openStore(spec: StoreSpec, log: (line: string) => void): TrackingStore {
  const { kind, uri } = parseTrackingUri(spec.uri);
  if (kind === 'http') {
    return new RestStore(uri, log, spec.transport);
  }
  const scheme = /^[a-z][a-z0-9+.-]*(?=:|$)/i.exec(uri)?.[0].toLowerCase() ?? 'file';
  throw new MlflowError('unsupported', 'scheme', { serverMessage: scheme });
}
