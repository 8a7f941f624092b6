import * as vscode from 'vscode';

import { toOneLine } from '../mlflow/format';
import { plainLabel } from '../mlflow/plainLabel';
import type { Reference } from '../mlflow/runReference';
import { originOf } from '../mlflow/signIn';
import type { Session } from '../state/session';
import type { CommandContext } from './commandContext';

type Elsewhere = Reference & { readonly serverUrl: string };

interface WayItem extends vscode.QuickPickItem {
  /** Resolves to the session that the thing can be shown in, if any. */
  go(): Promise<Session | undefined>;
}

/** Asks what to do about a server that this window has never been connected to; asks it nothing before. */
export async function offerServer(
  context: CommandContext,
  reference: Elsewhere,
): Promise<Session | undefined> {
  const origin = originOf(reference.serverUrl) ?? reference.serverUrl;
  const picked = await vscode.window.showQuickPick(waysTo(context, reference), {
    title:
      reference.kind === 'run'
        ? vscode.l10n.t('Open Run on {0}', origin)
        : vscode.l10n.t('Open Experiment on {0}', origin),
    placeHolder: vscode.l10n.t('Not connected yet. Choose only a server that you trust.'),
    ignoreFocusOut: true,
  });
  return picked?.go();
}

/** The link is its maker's word, not the person's: no sign-in goes along by itself. */
function waysTo({ sessions, connections }: CommandContext, reference: Elsewhere): WayItem[] {
  const { serverUrl, page } = reference;
  const named = { uri: serverUrl, namedBy: 'others' } as const;
  const description = plainLabel(serverUrl);
  const items: WayItem[] = [];
  if (sessions.all.length > 0) {
    items.push({
      label: vscode.l10n.t('Connect Beside'),
      iconPath: new vscode.ThemeIcon('split-horizontal'),
      description,
      detail: vscode.l10n.t('Keeps {0}, too', toOneLine(namesOf(sessions.all))),
      go: () => connections.putBeside(named),
    });
  }
  items.push({
    label: sessions.all.length > 0 ? vscode.l10n.t('Connect Instead') : vscode.l10n.t('Connect'),
    iconPath: new vscode.ThemeIcon('plug'),
    description,
    detail: vscode.l10n.t('Switch Connection leads back'),
    go: () => connections.use(named),
  });
  if (page !== undefined) {
    items.push({
      label: vscode.l10n.t('Open in Browser'),
      iconPath: new vscode.ThemeIcon('link-external'),
      description: plainLabel(page),
      go: async () => {
        await openPage(page);
        return undefined;
      },
    });
  }
  return items;
}

function namesOf(sessions: readonly Session[]): string {
  return sessions.map(({ name }) => plainLabel(name)).join(', ');
}

async function openPage(page: string): Promise<void> {
  const uri = vscode.Uri.parse(page, true);
  const base = await vscode.env.asExternalUri(uri.with({ fragment: '' }));
  await vscode.env.openExternal(base.with({ fragment: uri.fragment }));
}
