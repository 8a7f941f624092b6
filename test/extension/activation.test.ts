import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, settings, views } from '../../src/ids';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { activated, change, say, theExtension, until } from './underTest';

interface ManifestCommand {
  readonly command: string;
  readonly title: string;
  readonly category: string;
}

interface Manifest {
  readonly l10n: string;
  readonly contributes: { readonly commands: readonly ManifestCommand[] };
}

describe('activation', () => {
  let server: FaultServer;

  before(async () => {
    server = await startFaultServer();
    await change(settings.trackingUri, server.url);
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  // Stays the first test of all: a view that was seen once would have asked.
  it('asks no server for anything before a view is seen', async () => {
    const { sessions } = await activated();
    assert.deepEqual(server.requests, []);
    assert.deepEqual([sessions.areFound, sessions.all], [false, []]);
  });

  it('asks once a view is seen', async () => {
    const { experiments } = await activated();
    await vscode.commands.executeCommand(`${views.experiments}.focus`);
    await until('the server was asked', () => server.requests.length > 0);
    assert.deepEqual((await experiments.getChildren()).map(say), [
      'experiment 1',
      'experiment 2',
      'experiment 3',
    ]);
  });

  it('registers every command of the manifest, and no other', async () => {
    const manifest = theExtension().packageJSON as Manifest;
    const declared = manifest.contributes.commands.map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true)).filter((id) => {
      return /^mlflow\.\w+$/.test(id);
    });
    assert.deepEqual(Object.values(commands).sort(), declared);
    for (const id of declared) {
      assert.ok(registered.includes(id), id);
    }
  });

  it('gives every command a title under MLflow', () => {
    const manifest = theExtension().packageJSON as Manifest;
    for (const { command, title, category } of manifest.contributes.commands) {
      assert.equal(category, 'MLflow', command);
      assert.match(title, /^[A-Z]/, `${command}: VS Code did not find its title`);
    }
  });

  it('has its texts where VS Code looks for the language of the person', () => {
    const { l10n } = theExtension().packageJSON as Manifest;
    const folder = path.join(theExtension().extensionPath, l10n);
    const file = path.join(folder, 'bundle.l10n.ko.json');
    const korean = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    assert.match(korean['Parameters'] ?? '', /[가-힣]/);
    assert.equal(vscode.l10n.t('Parameters'), 'Parameters');
  });
});
