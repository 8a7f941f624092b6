import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';
import { wrapped } from '../mlflow/wrappedStore';
import type { Session } from '../state/session';
import type { Sessions } from '../state/sessions';

/**
 * The store of a session, whichever it has at the time of a request: a connection may be opened anew while a sweep goes on. Where
 * the window is connected to something else, requests fail as if the server could not be reached.
 */
export function liveStore(
  sessions: Sessions,
  session: Session,
  store: TrackingStore,
): TrackingStore {
  return wrapped(store, (_name, ask) => {
    const now = sessions.get(session.id)?.store;
    if (now === undefined) {
      throw new MlflowError('unreachable', 'refused', { origin: session.name });
    }
    return ask(now);
  });
}
