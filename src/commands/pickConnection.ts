import * as vscode from 'vscode';

import type { NamedConnection } from '../mlflow/found';
import type { CommandContext } from './commandContext';
import {
  connectionItems,
  type ConnectionButton,
  type ConnectionChoice,
  type ConnectionItem,
  type Way,
} from './connectionPick';

export interface PickedConnection {
  readonly choice: ConnectionChoice;
  readonly way: Way;
  /** What stood in the filter. */
  readonly typed: string;
}

type Pick = vscode.QuickPick<ConnectionItem>;

/** Shows the connections there are; resolves to `undefined` when the pick was left. */
export async function pickConnection(
  context: CommandContext,
  way: Way,
): Promise<PickedConnection | undefined> {
  const pick: Pick = vscode.window.createQuickPick<ConnectionItem>();
  pick.title =
    way === 'beside' ? vscode.l10n.t('Open Connection Beside') : vscode.l10n.t('Switch Connection');
  pick.placeholder = vscode.l10n.t('Choose what this window is connected to');
  pick.matchOnDescription = true;
  const shown = new ShownItems(pick, context, way);
  try {
    return await new Promise((resolve, reject) => {
      const chosen = (choice: ConnectionChoice, to: Way): void =>
        resolve({ choice, way: to, typed: pick.value.trim() });
      pick.onDidAccept(() => {
        const choice = pick.selectedItems[0]?.choice;
        if (choice !== undefined) {
          chosen(choice, way);
        }
      });
      pick.onDidTriggerItemButton(({ item, button }) => {
        const { does } = button as ConnectionButton;
        if (item.choice !== undefined && does === 'beside') {
          chosen(item.choice, 'beside');
        } else {
          remove(context, item).then(() => shown.draw(), reject);
        }
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
      shown.read().catch(reject);
    });
  } finally {
    pick.dispose();
  }
}

/** The entries in the pick: there at once, and complete when it is known what is named. */
class ShownItems {
  private named: readonly NamedConnection[] = [];

  constructor(
    private readonly pick: Pick,
    private readonly context: CommandContext,
    private readonly way: Way,
  ) {
    this.draw();
  }

  async read(): Promise<void> {
    this.pick.busy = true;
    this.named = await this.context.connections.named();
    this.pick.busy = false;
    this.draw();
  }

  draw(): void {
    this.pick.items = connectionItems(this.way, this.context, this.named);
  }
}

async function remove({ connections }: CommandContext, { choice }: ConnectionItem): Promise<void> {
  if (choice?.kind === 'session') {
    await connections.close(choice.session);
  } else if (choice?.kind === 'uri') {
    await connections.forget(choice.named.uri);
  }
}
