import type { TrackingStore } from '../mlflow/trackingStore';
import type { Session } from './session';

/** Where the registered models of a session are; absent until its connection is open. */
export function registryOf(session: Session | undefined): TrackingStore | undefined {
  const status = session?.connection.status;
  if (status?.kind !== 'ready') {
    return undefined;
  }
  const { registry, store } = status.opened;
  // How the store answers shows in the health of the session.
  return registry === store ? session?.store : registry;
}
