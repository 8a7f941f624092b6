import * as vscode from 'vscode';

import { isAbortError } from '../../mlflow/errors';
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

/**
 * Lets a person choose a registered model, or name a new one that the server will take. Resolves to `undefined` when it was left.
 *
 * @param except a model that is not offered
 */
export async function pickModelName(
  session: Session,
  title: string,
  except?: string,
): Promise<PickedName | undefined> {
  const models = await modelsOf(session);
  const writes = await modelWritesOf(session);
  const [{ version }] = await Promise.all([writes.serverInfo(), models.list.ensure()]);
  let known = models.shownModels;
  const pick = vscode.window.createQuickPick<NameItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('Choose a registered model, or type the name of a new one');
  pick.ignoreFocusOut = true;
  const draw = (): void => {
    const others = known.filter(({ name }) => name !== except);
    pick.items = itemsFor(others, pick.value.trim(), version);
  };
  draw();
  return new Promise((resolve) => {
    let asking = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    pick.onDidChangeValue((text) => {
      draw();
      clearTimeout(timer);
      asking.abort();
      if (!models.list.hasMore && models.search === '') {
        return;
      }
      asking = new AbortController();
      const { signal } = asking;
      timer = setTimeout(() => {
        writes.find(text.trim(), signal).then(
          (found) => {
            known = found;
            draw();
          },
          // What is typed can be chosen without the list, and the server has the last word.
          (error: unknown) => isAbortError(error),
        );
      }, pause);
    });
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

function itemsFor(
  known: readonly RegisteredModel[],
  typed: string,
  version: string | undefined,
): readonly NameItem[] {
  const items = known.map(({ name, description }) => ({
    label: plainLabel(name),
    description: plainLabel(description),
    chosen: { name, isNew: false },
  }));
  const isKnown = typed === '' || known.some(({ name }) => name === typed);
  return isKnown ? items : [typedItem(typed, version), ...items];
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
