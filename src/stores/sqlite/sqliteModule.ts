import { needsServer } from '../local/refusals';

export type SqliteModule = typeof import('node:sqlite');

let loaded: SqliteModule | undefined;

/**
 * SQLite as Node.js brings it, loaded when it is first needed, since Node.js warns on standard error
 * that it may still change; the warning is dropped. Throws `unsupported` (`feature`) where there is none.
 */
export function sqliteModule(): SqliteModule {
  loaded ??= withoutWarning(() => process.getBuiltinModule?.('node:sqlite'));
  if (loaded === undefined) {
    throw needsServer('this version of Node.js has no SQLite');
  }
  return loaded;
}

function withoutWarning<T>(load: () => T): T {
  const original = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    if (original !== undefined) {
      Object.defineProperty(process, 'emitWarning', original);
    }
  }
}
