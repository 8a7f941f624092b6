import * as vscode from 'vscode';

import { explainError } from '../host/explainError';
import { MlflowError } from '../mlflow/errors';
import { withoutLinks } from '../mlflow/format';

export interface AskUntilTaken {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  /** What is wrong with a text, told while it is being typed. */
  readonly check: (text: string) => string | undefined;
  /** Makes the change, which goes on when the input is left meanwhile; rejects when it is refused. */
  readonly apply: (text: string) => Promise<void>;
}

/**
 * Asks for a text and stays open, with what was typed and the refusal below it, until the change is
 * taken or Escape is pressed. Resolves to whether it was taken; rejects when it failed after the
 * input was left.
 */
export function askUntilTaken(ask: AskUntilTaken): Promise<boolean> {
  const box = vscode.window.createInputBox();
  Object.assign(box, {
    title: ask.title,
    prompt: ask.prompt,
    placeholder: ask.placeholder ?? '',
    value: ask.value,
    ignoreFocusOut: true,
  });
  let left = false;
  let applying = false;
  return new Promise((resolve, reject) => {
    const tryOut = async (): Promise<void> => {
      const text = box.value;
      box.validationMessage = ask.check(text);
      if (box.validationMessage !== undefined || applying) {
        return;
      }
      applying = true;
      box.busy = true;
      box.enabled = false;
      try {
        await ask.apply(text);
        resolve(true);
        box.hide();
      } catch (error) {
        if (left) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        applying = false;
        box.busy = false;
        box.enabled = true;
        box.validationMessage = refusal(error);
      }
    };
    box.onDidAccept(() => void tryOut());
    box.onDidChangeValue((text) => {
      box.validationMessage = text === ask.value ? undefined : ask.check(text);
    });
    box.onDidHide(() => {
      left = true;
      box.dispose();
      if (!applying) {
        resolve(false);
      }
    });
    box.show();
  });
}

/** What the server says about the text, in its own words. */
function refusal(error: unknown): string {
  return error instanceof MlflowError && error.kind === 'rejected'
    ? withoutLinks(error.detail.serverMessage ?? explainError(error))
    : explainError(error);
}
