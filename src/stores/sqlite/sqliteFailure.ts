import { MlflowError, isAbortError } from '../../mlflow/errors';

/** Primary result codes (https://www.sqlite.org/rescode.html). */
const code = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  cantOpen: 14,
  notADatabase: 26,
};

/** Node.js cannot hand out a text of half a gigabyte. */
const valueFailures = new Set(['ERR_STRING_TOO_LONG', 'ERR_BUFFER_TOO_LARGE', 'ERR_OUT_OF_RANGE']);

function resultCode(error: unknown): number | undefined {
  const value = (error as { errcode?: unknown } | null)?.errcode;
  return typeof value === 'number' ? value & 0xff : undefined;
}

/** Somebody writes at this moment. */
export function isBusy(error: unknown): boolean {
  const result = resultCode(error);
  return result === code.busy || result === code.locked;
}

/** A journal or a log was left behind that has to be worked in first, which reading alone cannot. */
export function needsRecovery(error: unknown): boolean {
  const result = resultCode(error);
  return result === code.readOnly || result === code.cantOpen;
}

/** The failure as an `MlflowError`; what came neither from SQLite nor of its values is handed back as it is. */
export function sqliteFailure(error: unknown): unknown {
  const result = resultCode(error);
  const isOfValue = valueFailures.has(String((error as NodeJS.ErrnoException | null)?.code));
  if ((result === undefined && !isOfValue) || error instanceof MlflowError || isAbortError(error)) {
    return error;
  }
  const serverMessage = (error as Error).message.slice(0, 2000);
  if (isBusy(error)) {
    return new MlflowError('unreachable', 'busy', { serverMessage });
  }
  if (result === code.ioError || result === code.cantOpen || result === code.readOnly) {
    return new MlflowError('unreachable', 'network', { serverMessage });
  }
  return new MlflowError('malformed', 'shape', { serverMessage });
}
