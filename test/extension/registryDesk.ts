import * as vscode from 'vscode';
import { settings, views } from '../../src/ids';
import type { Row } from '../../src/tree/row';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { activated, change, connect, rowOf, sayAll, type UnderTest } from './underTest';

type Message = (text: string, ...actions: string[]) => Thenable<string | undefined>;
const kinds = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

/** Registered models of a server that can fail, and a person who answers what is asked and reads what is told. */
export class RegistryDesk {
  private readonly original = Object.fromEntries(kinds.map((kind) => [kind, vscode.window[kind]]));
  private readonly picks = {
    showQuickPick: vscode.window.showQuickPick,
    createQuickPick: vscode.window.createQuickPick,
  };
  extension!: UnderTest;
  server!: FaultServer;
  /** What was told, and the way on that the person takes next. */
  told: string[] = [];
  press: string | undefined;
  /** Labels of the last pick. */
  offered: readonly string[] = [];

  async open(): Promise<void> {
    this.extension = await activated();
    await vscode.commands.executeCommand(`${views.models}.focus`);
  }

  async begin(models?: number): Promise<void> {
    this.server = await startFaultServer(models === undefined ? {} : { models });
    await connect(this.extension, this.server.url);
    this.told = [];
    this.press = undefined;
    this.offered = [];
    for (const kind of kinds) {
      const answer: Message = (text, ...actions) => {
        this.told.push(text);
        const action = actions.find((each) => each === this.press);
        this.press = undefined;
        return Promise.resolve(action);
      };
      Object.assign(vscode.window, { [kind]: answer });
    }
  }

  async end(): Promise<void> {
    Object.assign(vscode.window, this.original, this.picks);
    for (const id of [settings.promoteMode, settings.promoteArchiveExisting]) {
      await change(id, undefined);
    }
    await this.server.close();
  }

  async close(): Promise<void> {
    await change(settings.trackingUri, undefined);
  }

  /** Chooses what holds these texts in one pick after the other; without one, every pick is left. */
  choose(...texts: readonly string[]): void {
    const rest = [...texts];
    const pick = (items: readonly { readonly label: string }[]): Promise<unknown> => {
      this.offered = items.map(({ label }) => label);
      const text = rest.shift();
      return Promise.resolve(items.find(({ label }) => text !== undefined && label.includes(text)));
    };
    Object.assign(vscode.window, { showQuickPick: pick });
  }

  /** The versions of the first model. */
  async rows(): Promise<readonly Row[]> {
    const { models } = this.extension;
    return models.getChildren(rowOf(await models.getChildren(), 'model 1'));
  }

  async shown(): Promise<string> {
    return sayAll(await this.rows()).join(', ');
  }

  asked(call: string): number {
    return this.server.requests.filter(({ path }) => path.endsWith(`/${call}`)).length;
  }

  run(command: string, ...on: readonly Row[]): Thenable<unknown> {
    return vscode.commands.executeCommand(command, on[0], on);
  }
}
