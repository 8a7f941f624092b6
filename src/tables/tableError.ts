import type { TableFilterMistake } from '../protocol/tablePage';

/** Why a table cannot be had from bytes that came. */
export type TableTrouble =
  /** It is not in the format that it should be in; `detail` says more, in English. */
  | 'malformed'
  /** Compressed in a way that is not known here, which `detail` names. */
  | 'codec'
  /** JSON that is no table. */
  | 'noTable'
  /** Larger than can be held. */
  | 'tooLarge'
  /** A stretch of the file could not be read; whoever was asked for it knows why. */
  | 'bytes';

/** The one error of tables that crosses the thread; cancelling is an `AbortError`. */
export class TableError extends Error {
  override readonly name = 'TableError';

  constructor(
    readonly trouble: TableTrouble | 'filter',
    readonly detail = '',
    readonly mistake?: TableFilterMistake,
  ) {
    super(`${trouble}: ${detail}`);
  }
}

interface EncodedError {
  readonly table?: Pick<TableError, 'trouble' | 'detail' | 'mistake'>;
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
}

/** Structured cloning keeps only the message of an error. */
export function encodeTableError(error: unknown): EncodedError {
  if (error instanceof TableError) {
    const { trouble, detail, mistake, name, message } = error;
    return { table: { trouble, detail, ...(mistake && { mistake }) }, name, message };
  }
  if (error instanceof Error) {
    return { name: error.name, message: error.message, stack: error.stack };
  }
  return { name: 'Error', message: String(error) };
}

export function decodeTableError(value: unknown): Error {
  const { table, name, message, stack } = value as EncodedError;
  return table === undefined
    ? Object.assign(new Error(message), { name, stack })
    : new TableError(table.trouble, table.detail, table.mistake);
}
