import * as vscode from 'vscode';

import type { RegisteredModel } from '../../mlflow/model';
import { plainLabel } from '../../mlflow/plainLabel';
import type { Session } from '../../state/session';
import { modelsOf, modelWritesOf } from './chosenModels';
import { whyNotModelName } from './modelNameTexts';

/** The name of a registered model, which may not exist yet. */
export interface PickedName {
  readonly name: string;
  readonly isNew: boolean;
}

interface NameItem extends vscode.QuickPickItem {
  readonly chosen?: PickedName;
}

const pause = 250;

export interface PickName {
  /** A model that is not offered. */
  readonly except?: string;
  /** Whether a name that no model has yet is one, too. */
  readonly mayBeNew: boolean;
}

/**
 * Lets a person choose a registered model, or name a new one that the server will take. Resolves to `undefined` when it was left.
 * More models are looked for while a name is being typed.
 */
export async function pickModelName(
  session: Session,
  title: string,
  { except, mayBeNew }: PickName,
): Promise<PickedName | undefined> {
  const models = await modelsOf(session);
  const writes = await modelWritesOf(session);
  const [{ version }] = await Promise.all([writes.serverInfo(), models.list.ensure()]);
  let known = models.shownModels;
  const pick = vscode.window.createQuickPick<NameItem>();
  pick.title = title;
  pick.placeholder = mayBeNew
    ? vscode.l10n.t('Choose a registered model, or type the name of a new one')
    : vscode.l10n.t('Choose a registered model');
  pick.ignoreFocusOut = mayBeNew;
  const draw = (): void => {
    const others = known.filter(({ name }) => name !== except);
    const typed = pick.value.trim();
    const isKnown = !mayBeNew || typed === '' || known.some(({ name }) => name === typed);
    const items = itemsFor(others);
    pick.items = isKnown ? items : [typedItem(typed, version), ...items];
  };
  draw();
  return new Promise((resolve) => {
    let asking = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const find = (text: string): void => {
      asking = new AbortController();
      pick.busy = true;
      const { signal } = asking;
      void writes.find(text.trim(), signal).then(
        (found) => {
          known = found;
          pick.busy = false;
          draw();
        },
        // What is typed can be chosen without the list, and the server has the last word.
        () => {
          pick.busy = pick.busy && signal.aborted;
        },
      );
    };
    pick.onDidChangeValue((text) => {
      draw();
      clearTimeout(timer);
      asking.abort();
      if (models.list.hasMore || models.search !== '') {
        timer = setTimeout(() => find(text), pause);
      }
    });
    // What narrows the view does not narrow the choice.
    if (models.search !== '') {
      find('');
    }
    pick.onDidAccept(() => {
      const picked = pick.selectedItems[0]?.chosen;
      if (picked !== undefined) {
        resolve(picked);
        pick.hide();
      }
    });
    pick.onDidHide(() => {
      clearTimeout(timer);
      asking.abort();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

function itemsFor(known: readonly RegisteredModel[]): readonly NameItem[] {
  return known.map(({ name, description }) => ({
    label: plainLabel(name),
    description: plainLabel(description),
    chosen: { name, isNew: false },
  }));
}

function typedItem(typed: string, version: string | undefined): NameItem {
  const problem = whyNotModelName(typed, version);
  const item = { label: plainLabel(typed), alwaysShow: true };
  return problem === undefined
    ? {
        ...item,
        description: vscode.l10n.t('new registered model'),
        chosen: { name: typed, isNew: true },
      }
    : { ...item, description: problem };
}
