import * as vscode from 'vscode';
import type { MlflowErrorDetail } from '../mlflow/errors';

/** What MLflow's Python has to have for an address; it names none of them when they are missing. */
const packages: Readonly<Record<string, string>> = {
  s3: 'boto3',
  sftp: 'pysftp, paramiko<4',
  gs: 'google-cloud-storage',
  wasbs: 'azure-storage-blob',
  abfss: 'azure-storage-file-datalake',
};

/** Why the bytes of artifacts cannot be had, and which address it was. `server` and `words` are the other side's. */
export function explainArtifacts(
  { rootUri = '', status, errorCode }: MlflowErrorDetail,
  server: string,
  words: string,
): string {
  const where = rootUri || server;
  // MLflow sends this page when it has no words of its own.
  if (status !== 500 || errorCode !== undefined) {
    return vscode.l10n.t('The artifacts at {0} cannot be read from here: {1}', where, words);
  }
  const needed = packages[/^[a-z][a-z0-9+.-]*(?=:)/i.exec(rootUri)?.[0].toLowerCase() ?? ''];
  return needed === undefined
    ? vscode.l10n.t(
        '{0} cannot read the artifacts at {1} and does not say why; its log may.',
        server,
        where,
      )
    : vscode.l10n.t(
        '{0} cannot read the artifacts at {1} and does not say why; its log may. For such an address its Python needs {2}.',
        server,
        where,
        needed,
      );
}
