import * as vscode from 'vscode';

import { artifactScheme } from '../ids';
import { fromAddressParts, toAddressParts, type ArtifactAddress } from '../mlflow/artifactAddress';

/** An artifact as a document of the editor. */
export function artifactUri(address: ArtifactAddress): vscode.Uri {
  return vscode.Uri.from({ scheme: artifactScheme, ...toAddressParts(address) });
}

/** The artifact that a document is; `undefined` for any other document. */
export function artifactAddress(uri: vscode.Uri): ArtifactAddress | undefined {
  return uri.scheme === artifactScheme ? fromAddressParts(uri) : undefined;
}
