import * as vscode from 'vscode';

/** What is to be done where MLflow would change a database for good. */
export function otherSchemaText(
  store: string,
  { found, wanted }: { readonly found: string; readonly wanted: string },
): string {
  return vscode.l10n.t(
    '{0} was made by another version of MLflow than the one that was found, which would change it for good (schema {1}, not {2}). Name a Python with the right version in mlflow.interpreter, or make a backup and run "mlflow db upgrade".',
    ...[store, found, wanted],
  );
}
