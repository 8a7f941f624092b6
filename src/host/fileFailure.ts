import * as vscode from 'vscode';

import { MlflowError } from '../mlflow/errors';
import { explainError } from './explainError';

/** A failure as VS Code takes it from a file system: one of its kinds, with our sentence. */
export function fileFailure(error: unknown): vscode.FileSystemError {
  if (error instanceof vscode.FileSystemError) {
    return error;
  }
  const sentence = explainError(error);
  switch (error instanceof MlflowError ? error.kind : undefined) {
    case 'notFound':
      return vscode.FileSystemError.FileNotFound(sentence);
    case 'unauthorized':
      return vscode.FileSystemError.NoPermissions(sentence);
    default:
      return vscode.FileSystemError.Unavailable(sentence);
  }
}
