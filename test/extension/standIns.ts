import * as vscode from 'vscode';

/** What a person would have answered, in the place of the editor's questions and messages. */
export class StandIns {
  /** Messages so far, each with its buttons. */
  readonly said: { readonly text: string; readonly actions: readonly string[] }[] = [];
  /** Questions of quick picks so far, with their labels. */
  readonly asked: { readonly title: string; readonly labels: readonly string[] }[] = [];
  /** Cancels what shows its progress. */
  cancel: () => void = () => undefined;
  folder: vscode.Uri | undefined;
  file: vscode.Uri | undefined;
  /** Label of the pick. */
  pick: (title: string) => string | undefined = () => undefined;
  type: string | undefined;
  /** Button of a message. */
  press: (text: string) => string | undefined = () => undefined;
  private readonly before = { ...pickOf(vscode.window) };

  constructor() {
    const message = (text: string, ...actions: readonly string[]): Promise<string | undefined> => {
      this.said.push({ text, actions });
      return Promise.resolve(this.press(text));
    };
    Object.assign(vscode.window, {
      showOpenDialog: () => Promise.resolve(this.folder && [this.folder]),
      showSaveDialog: () => Promise.resolve(this.file),
      showInputBox: () => Promise.resolve(this.type),
      showInformationMessage: message,
      showWarningMessage: message,
      showErrorMessage: message,
      showQuickPick: (
        items: readonly (string | vscode.QuickPickItem)[],
        options: vscode.QuickPickOptions = {},
      ) => {
        const labelOf = (item: string | vscode.QuickPickItem): string =>
          typeof item === 'string' ? item : item.label;
        const title = options.title ?? '';
        this.asked.push({ title, labels: items.map(labelOf) });
        const label = this.pick(title);
        return Promise.resolve(items.find((item) => labelOf(item) === label));
      },
      withProgress: (_: unknown, work: (...given: readonly unknown[]) => Promise<unknown>) => {
        const source = new vscode.CancellationTokenSource();
        this.cancel = () => source.cancel();
        return work({ report: () => undefined }, source.token);
      },
    });
  }

  /** The only message so far. */
  get last(): { readonly text: string; readonly actions: readonly string[] } {
    return this.said.at(-1) ?? { text: '', actions: [] };
  }

  restore(): void {
    Object.assign(vscode.window, this.before);
  }
}

function pickOf(window: typeof vscode.window): object {
  const { showOpenDialog, showSaveDialog, showInputBox, showQuickPick, withProgress } = window;
  const { showInformationMessage, showWarningMessage, showErrorMessage } = window;
  return {
    ...{ showOpenDialog, showSaveDialog, showInputBox, showQuickPick, withProgress },
    ...{ showInformationMessage, showWarningMessage, showErrorMessage },
  };
}
