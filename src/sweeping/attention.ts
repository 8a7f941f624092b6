import * as vscode from 'vscode';

/** What the window looked at when something began. */
export class Attention {
  private readonly tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  private readonly version = versionOf(this.tab);

  /** @param file counts as what was looked at, too */
  constructor(private readonly file: vscode.Uri | undefined) {}

  /** Whether a person looks at something else now, or writes: nothing may come up in front of that. */
  get hasGoneOn(): boolean {
    const now = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (now === undefined || isOurPage(now)) {
      return false;
    }
    const isSame = now === this.tab && versionOf(now) === this.version;
    return !isSame && !isOf(now, this.file);
  }
}

function isOurPage({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && /(^|-)mlflow\./.test(input.viewType);
}

function isOf({ input }: vscode.Tab, file: vscode.Uri | undefined): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === file?.toString();
}

function versionOf(tab: vscode.Tab | undefined): number | undefined {
  const input = tab?.input;
  return input instanceof vscode.TabInputText
    ? vscode.workspace.textDocuments.find((each) => each.uri.toString() === input.uri.toString())
        ?.version
    : undefined;
}
