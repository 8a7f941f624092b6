import type * as vscode from 'vscode';

import type { Disposable } from '../base/disposable';
import type { Log } from '../base/log';
import type { SignIn } from '../mlflow/signIn';

const prefix = 'mlflow.signIn:';

/** Sign-ins in VS Code's secret storage, by the origin of the server that they are for. */
export class Secrets {
  constructor(
    private readonly storage: vscode.SecretStorage,
    private readonly log: Log,
  ) {}

  /** `undefined` where there is none, or none that can be read. */
  async get(origin: string): Promise<SignIn | undefined> {
    try {
      return decode(await this.storage.get(prefix + origin));
    } catch (error) {
      this.log.warn(`secret storage: ${String(error)}`);
      return undefined;
    }
  }

  async set(origin: string, signIn: SignIn): Promise<void> {
    await this.storage.store(prefix + origin, JSON.stringify(signIn));
  }

  async delete(origin: string): Promise<void> {
    await this.storage.delete(prefix + origin);
  }

  /** Calls back with the origin when a sign-in changes, here or in another window. */
  onDidChange(listener: (origin: string) => void): Disposable {
    return this.storage.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) {
        listener(key.slice(prefix.length));
      }
    });
  }
}

function decode(text: string | undefined): SignIn | undefined {
  if (text === undefined) {
    return undefined;
  }
  const { kind, user, password, token } = parse(text);
  if (kind === 'basic' && typeof user === 'string' && typeof password === 'string') {
    return { kind, user, password };
  }
  return kind === 'token' && typeof token === 'string' ? { kind, token } : undefined;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
