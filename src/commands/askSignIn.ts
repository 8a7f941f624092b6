import * as vscode from 'vscode';

import { explainError, SaidError } from '../host/explainError';
import { MlflowError } from '../mlflow/errors';
import type { SignIn, SignInServer } from '../mlflow/signIn';
import { askText } from './askText';

/** Accounts may be locked after some wrong passwords. */
const tries = 3;

/** Asks the server with a sign-in; without one, with what is saved. Rejects when it is refused. */
export type TryOut = (signIn: SignIn | undefined, signal: AbortSignal) => Promise<void>;

/**
 * Asks how to sign in, step by step, until the server takes it; resolves to `undefined` when the
 * person gave up. Throws after three refusals, and for any failure that is no refusal.
 */
export async function askSignIn(
  server: SignInServer,
  tryOut: TryOut,
): Promise<{ readonly signIn: SignIn | undefined } | undefined> {
  const attempts = new Attempts(server.origin, tryOut);
  for (;;) {
    const way = await askWay(server, attempts);
    if (way === undefined) {
      return undefined;
    }
    const given = way === 'saved' ? await useSaved(attempts) : await askFor(way, server, attempts);
    if (given !== 'back') {
      return given;
    }
  }
}

type Way = 'basic' | 'token' | 'saved';

async function askWay(server: SignInServer, attempts: Attempts): Promise<Way | undefined> {
  const ways: (vscode.QuickPickItem & { way: Way })[] = [
    { way: 'basic', label: vscode.l10n.t('User name and password'), iconPath: icon('account') },
    { way: 'token', label: vscode.l10n.t('Token'), iconPath: icon('key') },
  ];
  if (server.withheld && attempts.count === 0) {
    ways.unshift({
      way: 'saved',
      label: vscode.l10n.t('Use the sign-in saved for this server'),
      detail: vscode.l10n.t(
        'You did not choose this server yourself. From now on it gets what is saved for it.',
      ),
      iconPath: icon('pass'),
    });
  }
  const picked = await vscode.window.showQuickPick(ways, {
    title: titleFor(server),
    placeHolder: attempts.refusal ?? vscode.l10n.t('Choose how to sign in'),
    ignoreFocusOut: true,
  });
  return picked?.way;
}

async function useSaved(attempts: Attempts): Promise<{ signIn: undefined } | 'back'> {
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Signing in') };
  const refusal = await vscode.window.withProgress(options, () =>
    attempts.make(undefined, new AbortController().signal),
  );
  return refusal === undefined ? { signIn: undefined } : 'back';
}

async function askFor(
  way: 'basic' | 'token',
  server: SignInServer,
  attempts: Attempts,
): Promise<{ signIn: SignIn } | 'back' | undefined> {
  const common = { title: titleFor(server), totalSteps: way === 'basic' ? 3 : 2 };
  let user = server.account ?? '';
  for (;;) {
    if (way === 'basic') {
      const named = await askText({
        ...common,
        step: 2,
        prompt: vscode.l10n.t('User name'),
        value: user,
        check: (text) =>
          Promise.resolve(text === '' ? vscode.l10n.t('Enter a user name.') : undefined),
      });
      if (named === undefined || named === 'back') {
        return named;
      }
      user = named.text;
    }
    const toSignIn = (secret: string): SignIn =>
      way === 'basic'
        ? { kind: 'basic', user, password: secret }
        : { kind: 'token', token: secret.trim() };
    const secret = await askText({
      ...common,
      step: common.totalSteps,
      secret: true,
      prompt: way === 'basic' ? vscode.l10n.t('Password of {0}', user) : vscode.l10n.t('Token'),
      check: async (text, signal) =>
        text === '' ? vscode.l10n.t('Enter it first.') : attempts.make(toSignIn(text), signal),
    });
    if (secret !== 'back') {
      return secret && { signIn: toSignIn(secret.text) };
    }
    if (way === 'token') {
      return 'back';
    }
  }
}

/** Counts refusals. */
class Attempts {
  count = 0;
  refusal: string | undefined;

  constructor(
    private readonly origin: string,
    private readonly tryOut: TryOut,
  ) {}

  /** Resolves to the sentence of a refusal, or to nothing when the sign-in was taken. */
  async make(signIn: SignIn | undefined, signal: AbortSignal): Promise<string | undefined> {
    try {
      await this.tryOut(signIn, signal);
      return undefined;
    } catch (error) {
      if (!(error instanceof MlflowError) || error.detail.status !== 401) {
        throw error;
      }
      if (++this.count === tries) {
        throw new SaidError(
          vscode.l10n.t(
            '{0} refused the sign-in three times. Nothing was saved. Make sure that you have the right one: some servers lock accounts.',
            this.origin,
          ),
        );
      }
      this.refusal = explainError(error);
      return this.refusal;
    }
  }
}

function titleFor({ origin }: SignInServer): string {
  return vscode.l10n.t('Sign In to {0}', origin);
}

function icon(id: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id);
}
