import * as vscode from 'vscode';

export interface AskText {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly prompt: string;
  readonly value?: string;
  /** Shown as dots. */
  readonly secret?: boolean;
  /**
   * Looks at what was entered; the sentence it resolves to stands below the input, which stays open.
   * What it rejects with closes the input and is thrown.
   */
  readonly check: (text: string, signal: AbortSignal) => Promise<string | undefined>;
}

/** Asks for one text of several; resolves to it, to `back`, or to `undefined` when it was left. */
export async function askText(ask: AskText): Promise<{ text: string } | 'back' | undefined> {
  const box = vscode.window.createInputBox();
  Object.assign(box, {
    title: ask.title,
    step: ask.step,
    totalSteps: ask.totalSteps,
    prompt: ask.prompt,
    value: ask.value ?? '',
    password: ask.secret ?? false,
    ignoreFocusOut: true,
    buttons: ask.step > 1 ? [vscode.QuickInputButtons.Back] : [],
  });
  const left = new AbortController();
  try {
    return await new Promise((resolve, reject) => {
      const tryOut = async (): Promise<void> => {
        if (box.busy) {
          return;
        }
        box.busy = true;
        box.enabled = false;
        const text = box.value;
        const refusal = await ask.check(text, left.signal);
        box.busy = false;
        box.enabled = true;
        if (refusal === undefined) {
          resolve({ text });
        } else {
          box.validationMessage = refusal;
        }
      };
      box.onDidAccept(() => tryOut().catch(reject));
      box.onDidTriggerButton(() => resolve('back'));
      box.onDidChangeValue(() => {
        box.validationMessage = undefined;
      });
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
  } finally {
    left.abort();
    box.dispose();
  }
}
