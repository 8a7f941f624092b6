import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import { settings } from '../../src/ids';
import type { Session } from '../../src/state/session';
import type { Sessions } from '../../src/state/sessions';
import type { ExperimentsTree } from '../../src/tree/experimentsTree';
import type { ModelsTree } from '../../src/tree/modelsTree';
import type { Row } from '../../src/tree/row';
import type { Sidebar } from '../../src/tree/sidebar';

/** The extension as it runs in this window. */
export interface UnderTest {
  readonly sessions: Sessions;
  /** The one that is connected now. */
  readonly session: Session;
  readonly sidebar: Sidebar;
  readonly experiments: ExperimentsTree;
  readonly models: ModelsTree;
}

export function theExtension(): vscode.Extension<TestAccess> {
  const found = vscode.extensions.getExtension<TestAccess>('mlflow-workbench.mlflow-workbench');
  assert.ok(found, 'the extension is not there');
  return found;
}

export async function activated(): Promise<UnderTest> {
  const { sessions, sidebar } = await theExtension().activate();
  return {
    sessions,
    get session() {
      assert.ok(sessions.active, 'nothing is connected');
      return sessions.active;
    },
    sidebar,
    experiments: sidebar.experimentsTree,
    models: sidebar.modelsTree,
  };
}

export async function change(setting: string, value: unknown): Promise<void> {
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration().update(setting, value, Global);
}

/** Names a tracking server and waits until it is the one that is connected, or failed to be. */
export async function connect({ sessions }: UnderTest, uri: string): Promise<void> {
  await change(settings.trackingUri, uri);
  sessions.reset();
  await Promise.all((await sessions.ensure()).map(({ connection }) => connection.ensure()));
}

/** What a row says: its label, and what stands behind it. */
export function say({ item }: Row): string {
  const { label, description } = item;
  const text = typeof label === 'string' ? label : (label?.label ?? '');
  return typeof description === 'string' && description !== '' ? `${text} | ${description}` : text;
}

export function sayAll(rows: readonly Row[]): readonly string[] {
  return rows.map(say);
}

/** The one row whose label starts so. */
export function rowOf(rows: readonly Row[], label: string): Row {
  const row = rows.find((each) => say(each).startsWith(label));
  assert.ok(row, `no row ${label} among ${sayAll(rows).join(' / ')}`);
  return row;
}

/** The rows below the experiment of this name. */
export async function runsOf({ experiments }: UnderTest, name: string): Promise<readonly Row[]> {
  return experiments.getChildren(rowOf(await experiments.getChildren(), name));
}

/** Runs what a click on the row runs. */
export async function click({ item }: Row): Promise<void> {
  assert.ok(item.command, 'the row has no command');
  const { command, arguments: args = [] } = item.command;
  await vscode.commands.executeCommand(command, ...(args as unknown[]));
}

/** Looks for a while whether what holds goes on holding. */
export async function stays(
  what: string,
  milliseconds: number,
  holds: () => boolean,
): Promise<void> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await delay(5)) {
    assert.ok(holds(), `it did not stay so: ${what}`);
  }
}

/** Looks again and again until `holds` is true. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `waited in vain until ${what}`);
    await delay(20);
  }
}

/** Closes all editors, and what was told. */
export async function clearWindow(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await vscode.commands.executeCommand('notifications.clearAll');
}
