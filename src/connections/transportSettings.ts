import type { Owned } from './variables';

/** The settings of one level: all that is not set is absent. */
export interface TransportSettings {
  readonly insecure?: boolean | undefined;
  readonly caFile?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly workspace?: string | undefined;
  readonly requestHeaders?: Readonly<Record<string, string>> | undefined;
}

/** What the user's own settings say, and what those of the workspace and its folder say. */
export interface LeveledSettings {
  readonly user: TransportSettings;
  /** Empty while the workspace is not trusted. */
  readonly workspace: TransportSettings;
}

/** A setting and who wrote it: the workspace's goes before the user's, as everywhere in VS Code. */
export function leveled<K extends keyof TransportSettings>(
  { user, workspace }: LeveledSettings,
  name: K,
): Owned<NonNullable<TransportSettings[K]>> | undefined {
  const theirs = workspace[name];
  if (theirs !== undefined && theirs !== '') {
    return { value: theirs, owner: 'workspace' };
  }
  const own = user[name];
  return own === undefined || own === '' ? undefined : { value: own, owner: 'user' };
}

/** Reads one level out of values that may be anything; what has another type counts as not set. */
export function toTransportSettings(
  read: (id: keyof TransportSettings) => unknown,
): TransportSettings {
  const insecure = read('insecure');
  const text = (id: keyof TransportSettings): string | undefined => {
    const value = read(id);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  return {
    insecure: typeof insecure === 'boolean' ? insecure : undefined,
    caFile: text('caFile'),
    clientCertificate: text('clientCertificate'),
    workspace: text('workspace'),
    requestHeaders: toHeaders(read('requestHeaders')),
  };
}

function toHeaders(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const entries = Object.entries(value).flatMap(([name, each]: [string, unknown]) =>
    ['string', 'number', 'boolean'].includes(typeof each) ? [[name, String(each)] as const] : [],
  );
  return Object.fromEntries(entries);
}
