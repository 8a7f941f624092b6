import type { ConnectionFacts } from '../mlflow/connectionFacts';
import type { Session } from './session';

/** What is known of a session's connection by now; asks nobody. */
export function factsOf(session: Session): ConnectionFacts {
  const { connection, health, info } = session;
  const { status } = connection;
  const opened = status.kind === 'ready' ? status.opened : undefined;
  return {
    name: session.name,
    state: status.kind === 'none' ? 'idle' : status.kind,
    error: status.kind === 'failed' ? status.error : health.failure,
    version: info?.version,
    storeType: info?.storeType,
    account: opened?.access?.account,
    insecure: opened?.access?.insecure ?? false,
    servedBecause: opened?.servedBecause,
    answeredAt: health.answeredAt,
    found: session.found,
  };
}
