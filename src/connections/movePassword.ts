import * as vscode from 'vscode';

import { rewriteSetting } from '../host/leveledSettings';
import { settings } from '../ids';
import { originOf, userInfoOf, withoutUserInfo, type SignIn } from '../mlflow/signIn';
import type { Memory } from '../state/memory';
import type { ResolvedUri } from './findConnections';

const offeredKey = 'mlflow.offeredToMovePassword';

/** Offers, once for each server, to take a password out of the settings, where anybody can read it. */
export async function offerToMovePassword(
  { origin: found, uri }: ResolvedUri,
  memory: Memory,
  keep: (origin: string, signIn: SignIn) => Promise<void>,
): Promise<void> {
  const origin = originOf(uri.uri);
  const signIn = userInfoOf(uri.uri);
  const offered = memory.get(offeredKey);
  const before = Array.isArray(offered) ? (offered as readonly unknown[]) : [];
  const isSetting = found === 'userSetting' || found === 'workspaceSetting';
  if (!isSetting || origin === undefined || signIn === undefined || before.includes(origin)) {
    return;
  }
  await memory.update(offeredKey, [...before, origin]);
  const move = vscode.l10n.t('Move to Secret Storage');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('The settings hold your sign-in to {0} in plain text.', origin),
    move,
  );
  if (answer === move) {
    await keep(origin, signIn);
    for (const id of [settings.trackingUri, settings.registryUri]) {
      await rewriteSetting(id, (value) =>
        originOf(value.trim()) === origin && userInfoOf(value.trim()) !== undefined
          ? withoutUserInfo(value.trim())
          : undefined,
      );
    }
  }
}
