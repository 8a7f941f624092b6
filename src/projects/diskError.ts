import { MlflowError } from '../mlflow/errors';

/** What a failed look at, or change of, a file of this machine is told as. */
export function diskError(error: unknown, place: string): MlflowError {
  const detail = { origin: place, isLocal: true, serverMessage: codeOf(error) };
  return new MlflowError('rejected', 'disk', detail);
}

/** The system's code, e.g. `ENOSPC`. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
