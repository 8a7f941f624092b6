import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { readMlModel, type MlModel } from '../mlflow/mlModel';

/** Reads an `MLmodel`; rejects with a sentence where it is none. */
export async function readModel(bytes: Uint8Array): Promise<MlModel> {
  const { readYaml } = await import('./readYaml');
  const model = readMlModel(readYaml(new TextDecoder().decode(bytes)));
  if (model === undefined) {
    throw new SaidError(
      vscode.l10n.t(
        'This is no MLmodel file that MLflow could read, or it holds far more than those do. Open its text to look at it.',
      ),
    );
  }
  return model;
}
