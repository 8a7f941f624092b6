import { MlflowError } from '../../mlflow/errors';

/** What the system says about a file, without its path; anything else stays as it is. */
export function diskFailure(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error : new MlflowError('rejected', 'disk', { serverMessage: code });
}
