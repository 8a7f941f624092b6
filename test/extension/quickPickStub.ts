import type * as vscode from 'vscode';

type Listener<T> = (value: T) => void;

/** A quick pick without a window, in which a person types, waits for an entry and takes it. */
export function quickPickStub(
  typed: string,
  label: string,
): () => vscode.QuickPick<vscode.QuickPickItem> {
  return () => {
    const typing: Listener<string>[] = [];
    const accepting: Listener<void>[] = [];
    const hiding: Listener<void>[] = [];
    const on =
      <T>(listeners: Listener<T>[]) =>
      (listener: Listener<T>): void =>
        void listeners.push(listener);
    let items: readonly vscode.QuickPickItem[] = [];
    let isShown = false;
    let isTaken = false;
    const pick = {
      value: '',
      selectedItems: [] as readonly vscode.QuickPickItem[],
      onDidChangeValue: on(typing),
      onDidAccept: on(accepting),
      onDidHide: on(hiding),
      get items() {
        return items;
      },
      set items(now: readonly vscode.QuickPickItem[]) {
        items = now;
        take();
      },
      show: () => {
        isShown = true;
        pick.value = typed;
        typing.forEach((listener) => listener(typed));
        take();
      },
      hide: () => hiding.forEach((listener) => listener()),
      dispose: () => undefined,
    };
    const take = (): void => {
      const found = items.find((item) => item.label === label);
      if (isShown && !isTaken && found !== undefined) {
        isTaken = true;
        pick.selectedItems = [found];
        setImmediate(() => accepting.forEach((listener) => listener()));
      }
    };
    return pick as unknown as vscode.QuickPick<vscode.QuickPickItem>;
  };
}
