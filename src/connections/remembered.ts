import type { RememberedConnection } from '../mlflow/found';
import { displayUri, parseTrackingUri } from '../mlflow/trackingUri';
import type { Memory } from '../state/memory';

const key = 'mlflow.connections';
const most = 20;

/** The connections that were used before, latest first, without credentials. */
export class RememberedConnections {
  /** `memory` is the one for all workspaces. */
  constructor(private readonly memory: Memory) {}

  /** What cannot be read any more is left out. */
  get all(): readonly RememberedConnection[] {
    const stored = this.memory.get(key);
    return Array.isArray(stored)
      ? stored.map(decode).filter((connection) => connection !== undefined)
      : [];
  }

  /**
   * Puts a connection on top. A person's word for it stays theirs. What would not lead there
   * without its password is not remembered.
   */
  async remember(connection: RememberedConnection): Promise<void> {
    const uri = publicUri(connection.uri);
    if (uri === undefined) {
      return;
    }
    const { all } = this;
    const former = all.find((each) => isSame(each.uri, uri));
    const entry: RememberedConnection = {
      ...connection,
      uri,
      namedBy: former?.namedBy === 'person' ? 'person' : connection.namedBy,
      version: connection.version ?? former?.version,
    };
    const others = all.filter((each) => each !== former);
    await this.memory.update(key, [entry, ...others].slice(0, most));
  }

  async forget(uri: string): Promise<void> {
    const left = this.all.filter((each) => !isSame(each.uri, uri));
    await this.memory.update(key, left);
  }
}

/** The URI without credentials, as far as it still leads to the same place without them. */
export function publicUri(text: string): string | undefined {
  const { kind, uri } = parseTrackingUri(text);
  const shown = displayUri(uri);
  return kind !== 'unsupported' && (kind === 'http' || shown === uri) ? shown : undefined;
}

function isSame(one: string, other: string): boolean {
  return withoutSlash(one) === withoutSlash(other);
}

function withoutSlash(uri: string): string {
  return displayUri(uri).replace(/\/+$/, '');
}

function decode(stored: unknown): RememberedConnection | undefined {
  if (typeof stored !== 'object' || stored === null) {
    return undefined;
  }
  const { uri, namedBy, usedAt, version }: Partial<Record<string, unknown>> = { ...stored };
  return typeof uri === 'string' && publicUri(uri) === uri && typeof usedAt === 'number'
    ? {
        uri,
        namedBy: namedBy === 'person' ? 'person' : 'others',
        usedAt,
        version: typeof version === 'string' ? version : undefined,
      }
    : undefined;
}
