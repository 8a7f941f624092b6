import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { MlflowError } from '../../mlflow/errors';
import { missing } from '../local/refusals';

/** What lies on the disk, as far as it decides how the database can be opened. */
export interface DatabaseFile {
  /** Where it really lies: its journal and its log are beside the file that a link leads to. */
  readonly path: string;
  /** Which file it is; a file put in its place is another one. */
  readonly identity: string;
  /** Changes with every change of the database, its journal or its write-ahead log. */
  readonly content: string;
  /** Changes with every change of the database's file itself. */
  readonly ownContent: string;
  /** Whether it is written through a write-ahead log, which then may hold its newest rows. */
  readonly usesLog: boolean;
  readonly hasLog: boolean;
  /** Bytes of the database and what belongs to it. */
  readonly size: number;
  /** When it was changed last; milliseconds since 1970. */
  readonly changedAt: number;
}

const magic = 'SQLite format 3\0';

/**
 * Looks at a database without opening it, since opening one in write-ahead mode already leaves files
 * beside it. Only for when no connection of this process reads it: closing a file drops the
 * locks that the process has on it (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 *
 * @param link absolute; may be a symbolic link
 * @throws `notFound` where there is no file, `malformed` (`shape`) where it is no database,
 *   `unreachable` (`network`) where it may not be read
 */
export function inspectDatabase(link: string): DatabaseFile {
  const path = realPath(link);
  const facts = path === undefined ? undefined : factsOf(path);
  if (path === undefined || facts === undefined) {
    throw missing(`there is no database at ${link}`);
  }
  const log = factsOf(`${path}-wal`);
  const journal = factsOf(`${path}-journal`);
  const parts = [facts, log, journal].filter((part) => part !== undefined);
  // To open a pipe would be to wait for whoever writes into it.
  if (!parts.every(({ isFile }) => isFile)) {
    throw noDatabase();
  }
  const header = headerOf(path);
  // SQLite makes the file before it writes the first page: an empty one is a database, too.
  if (header.length > 0 && header.toString('latin1', 0, magic.length) !== magic) {
    throw noDatabase();
  }
  return {
    path,
    identity: facts.identity,
    content: [facts, log, journal].map((part) => part?.content ?? '').join(' '),
    ownContent: `${facts.identity} ${facts.content}`,
    // Either version number says so: https://www.sqlite.org/fileformat2.html#file_format_version_numbers
    usesLog: header[18] === 2 || header[19] === 2,
    hasLog: (log?.size ?? 0) > 0,
    size: parts.reduce((sum, { size }) => sum + size, 0),
    changedAt: facts.changedAt,
  };
}

/** The file is nothing that MLflow or SQLite wrote. */
export function noDatabase(serverMessage = 'the file is no SQLite database'): MlflowError {
  return new MlflowError('malformed', 'shape', { serverMessage });
}

interface Facts {
  readonly identity: string;
  readonly content: string;
  readonly size: number;
  readonly isFile: boolean;
  readonly changedAt: number;
}

function realPath(link: string): string | undefined {
  return reading(() => {
    try {
      return realpathSync.native(link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') {
        return undefined;
      }
      throw error;
    }
  });
}

function factsOf(path: string): Facts | undefined {
  const facts = reading(() => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return (
    facts && {
      identity: `${facts.dev}:${facts.ino}`,
      content: `${facts.ino}:${facts.size}:${facts.mtimeNs}`,
      size: Number(facts.size),
      isFile: facts.isFile(),
      changedAt: Number(facts.mtimeMs),
    }
  );
}

function headerOf(path: string): Buffer {
  return reading(() => {
    const file = openSync(path, 'r');
    try {
      const header = Buffer.alloc(100);
      return header.subarray(0, readSync(file, header));
    } finally {
      closeSync(file);
    }
  });
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const serverMessage = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new MlflowError('unreachable', 'network', { serverMessage });
  }
}
