import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { MlflowError } from '../../mlflow/errors';
import { missing } from '../local/refusals';

/** What lies on the disk, as far as it decides how the database can be opened. */
export interface DatabaseFile {
  /** Which file it is; a file put in its place is another one. */
  readonly identity: string;
  /** Changes with every change of the database, its journal or its write-ahead log. */
  readonly content: string;
  /** Whether it is written through a write-ahead log, which then may hold its newest rows. */
  readonly usesLog: boolean;
  readonly hasLog: boolean;
  /** Bytes of the database and what belongs to it. */
  readonly size: number;
}

const magic = 'SQLite format 3\0';

/**
 * Looks at a database without opening it, since opening one in write-ahead mode already leaves files
 * beside it. Only for when no connection of this process reads it: closing a file drops the
 * locks that the process has on it (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 *
 * @throws `notFound` where there is no file, `malformed` (`shape`) where it is no database,
 *   `unreachable` (`network`) where it may not be read
 */
export function inspectDatabase(path: string): DatabaseFile {
  const facts = factsOf(path);
  if (facts === undefined) {
    throw missing(`there is no database at ${path}`);
  }
  const header = headerOf(path);
  if (header.toString('latin1', 0, magic.length) !== magic) {
    throw new MlflowError('malformed', 'shape', {
      serverMessage: 'the file is no SQLite database',
    });
  }
  const log = factsOf(`${path}-wal`);
  const journal = factsOf(`${path}-journal`);
  const parts = [facts, log, journal].filter((part) => part !== undefined);
  return {
    identity: facts.identity,
    content: [facts, log, journal].map((part) => part?.content ?? '').join(' '),
    // Either version number says so: https://www.sqlite.org/fileformat2.html#file_format_version_numbers
    usesLog: header[18] === 2 || header[19] === 2,
    hasLog: (log?.size ?? 0) > 0,
    size: parts.reduce((sum, { size }) => sum + size, 0),
  };
}

interface Facts {
  readonly identity: string;
  readonly content: string;
  readonly size: number;
}

function factsOf(path: string): Facts | undefined {
  const facts = reading(() => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return (
    facts && {
      identity: `${facts.dev}:${facts.ino}`,
      content: `${facts.ino}:${facts.size}:${facts.mtimeNs}`,
      size: Number(facts.size),
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
