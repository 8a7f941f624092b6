import * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Reference } from '../mlflow/runReference';
import { readWorkbenchAddress, type AddressProblem } from '../mlflow/workbenchAddress';

/** Opens what links of VS Code's own scheme name. Any web page may have made them up. */
export function registerUriHandler(
  open: (reference: Reference | AddressProblem) => void,
): Disposable {
  return vscode.window.registerUriHandler({
    handleUri: ({ path, query }) => open(readWorkbenchAddress(path, query)),
  });
}
