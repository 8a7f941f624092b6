import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { dateText } from '../host/times';
import { quoteValue } from '../mlflow/filterText';
import { plainLabel } from '../mlflow/plainLabel';
import { SessionStore } from '../state/sessionStore';
import type { Sessions } from '../state/sessions';
import { versionKey, type VersionPlace } from '../state/versionEntry';

/** As many versions are offered of each model, newest first. */
const mostOffered = 2000;

/** Lets a person choose more versions of the models that are there. */
export async function pickVersions(
  sessions: Sessions,
  present: readonly VersionPlace[],
): Promise<readonly VersionPlace[]> {
  const taken = new Set(present.map(versionKey));
  const models = new Map(
    present.map(({ connection, name }) => [`${connection}\n${name}`, { connection, name }]),
  );
  const { signal } = new AbortController();
  const lists = await Promise.all(
    [...models.values()].map((model) => versionItems(sessions, model, signal)),
  );
  const items = lists.flat().filter(({ place }) => !taken.has(versionKey(place)));
  if (items.length === 0) {
    throw new SaidError(vscode.l10n.t('All versions are compared already.'));
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Choose versions to add'),
    canPickMany: true,
    matchOnDescription: true,
  });
  return (picked ?? []).map(({ place }) => place);
}

interface VersionItem extends vscode.QuickPickItem {
  readonly place: VersionPlace;
}

async function versionItems(
  sessions: Sessions,
  { connection, name }: Omit<VersionPlace, 'version'>,
  signal: AbortSignal,
): Promise<readonly VersionItem[]> {
  const store = new SessionStore(sessions, connection);
  const query = {
    filter: `name = ${quoteValue(name)}`,
    orderBy: ['version_number DESC'],
    maxResults: mostOffered,
  };
  const { items } = await store.ask(
    (asked) => (store.session?.registry ?? asked).searchModelVersions(query, signal),
    signal,
  );
  return items.map(({ version, stage, creationTime }) => ({
    label: plainLabel(`${name} v${version}`),
    description: stage === 'None' ? '' : stage,
    detail: dateText(creationTime) ?? '',
    place: { connection, name, version },
  }));
}
