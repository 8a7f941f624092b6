import * as vscode from 'vscode';

export interface SearchAsTyped {
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** Narrows the view; called a moment after the last key. */
  readonly search: (text: string) => void;
}

const pause = 250;

/** Asks for a text and searches while it is being typed; Escape brings the former search back. */
export function searchAsTyped(options: SearchAsTyped): Promise<void> {
  const box = vscode.window.createInputBox();
  box.title = options.title;
  box.placeholder = options.placeholder;
  box.value = options.value;
  let applied = options.value;
  let timer: NodeJS.Timeout | undefined;
  const apply = (text: string): void => {
    clearTimeout(timer);
    if (text !== applied) {
      applied = text;
      options.search(text);
    }
  };
  return new Promise((resolve) => {
    let accepted = false;
    box.onDidChangeValue((text) => {
      clearTimeout(timer);
      timer = setTimeout(() => apply(text), pause);
    });
    box.onDidAccept(() => {
      accepted = true;
      apply(box.value);
      box.hide();
    });
    box.onDidHide(() => {
      apply(accepted ? box.value : options.value);
      box.dispose();
      resolve();
    });
    box.show();
  });
}
