import { MlflowError } from '../../mlflow/errors';
import { displayUri } from '../../mlflow/trackingUri';

/** What was asked for is not in the store. */
export function missing(serverMessage: string): MlflowError {
  return new MlflowError('notFound', 'missing', {
    errorCode: 'RESOURCE_DOES_NOT_EXIST',
    serverMessage,
  });
}

/** MLflow would answer the same request with 400; `serverMessage` is its own text. */
export function invalid(serverMessage: string): MlflowError {
  return new MlflowError('rejected', 'invalid', {
    errorCode: 'INVALID_PARAMETER_VALUE',
    serverMessage,
  });
}

/** It cannot be done without a server; `serverMessage` says why. */
export function needsServer(serverMessage: string): MlflowError {
  return new MlflowError('unsupported', 'feature', { serverMessage });
}

/** Artifacts that are not on this machine; `serverMessage` says why. */
export function elsewhere(uri: string, serverMessage: string): MlflowError {
  return new MlflowError('unsupported', 'artifacts', {
    rootUri: displayUri(uri),
    serverMessage,
  });
}
