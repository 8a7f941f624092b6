import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { StatusBarText } from '../../src/status/statusBar';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { activated, change, connect, theExtension, until } from './underTest';
import type { UnderTest } from './underTest';

describe('the status bar', () => {
  let extension: UnderTest;
  let server: FaultServer;
  let host: string;

  before(async () => {
    extension = await activated();
    server = await startFaultServer();
    host = `127.0.0.1:${server.port}`;
  });

  beforeEach(() => server.clearFaults());

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const shown = (): StatusBarText => {
    const { shown: now } = theExtension().exports.statusBar;
    assert.ok(now, 'the item is not there');
    return now;
  };
  const says = (text: string): Promise<void> =>
    until(`the status bar says ${text}`, () => shown().text === text);

  it('says which server is connected, and in which version', async () => {
    await connect(extension, server.url);
    await says(`$(beaker) ${host} · 3.17.2`);
    const { label, background, tooltip } = shown();
    assert.equal(label, `MLflow, ${host}, 3.17.2, connected`);
    assert.equal(background, undefined);
    assert.equal(tooltip.isTrusted, false);
    assert.match(tooltip.value, /MLflow \| 3\\\.17\\\.2/);
    assert.match(tooltip.value, /SqlStore/);
    assert.match(tooltip.value, /Address \| from the user settings/);
    assert.doesNotMatch(tooltip.value, /Last answer/);
  });

  it('spins while it connects', async () => {
    server.setFault('*', { kind: 'silence' });
    void connect(extension, server.url);
    await says(`$(sync~spin) ${host}`);
    assert.match(shown().label, /connecting$/);
    server.clearFaults();
    await connect(extension, server.url);
    await says(`$(beaker) ${host} · 3.17.2`);
  });

  it('warns while the server does not answer, and says when it last did', async () => {
    await connect(extension, server.url);
    await extension.experiments.getChildren();
    await server.goDown();
    await extension.session.reload();
    await says(`$(warning) ${host} · 3.17.2`);
    const { background, label, tooltip } = shown();
    assert.equal(background, 'statusBarItem.warningBackground');
    assert.match(label, /Nothing answers at/);
    assert.match(tooltip.value, /Nothing answers at.*Last answer/s);
    await server.comeBack();
    await extension.session.reload();
    await says(`$(beaker) ${host} · 3.17.2`);
  });

  it('says another version once the server is one, after a refresh or when it is back', async () => {
    const version = (text: string) =>
      ({ kind: 'reply', status: 200, type: 'text/html', body: text }) as const;
    await connect(extension, server.url);
    await extension.experiments.getChildren();
    server.setFault('/version', version('3.18.0'));
    await vscode.commands.executeCommand(commands.refresh);
    await says(`$(beaker) ${host} · 3.18.0`);
    await server.goDown();
    await extension.session.reload();
    await says(`$(warning) ${host} · 3.18.0`);
    await server.comeBack();
    server.setFault('/version', version('2.22.5'));
    await extension.session.experiments?.list.reload();
    await says(`$(beaker) ${host} · 2.22.5`);
  });

  it('stays short whatever a server calls its version', async () => {
    server.setFault('/version', faults.json(`3.1${'0'.repeat(500)}`));
    await connect(extension, server.url);
    await until('the version shows', () => shown().text.includes('3.1'));
    assert.ok(shown().text.length < 70, shown().text);
  });

  it('shows an error when it cannot connect', async () => {
    server.setFault('*', faults.html404);
    await connect(extension, server.url);
    await says(`$(error) ${host}`);
    assert.equal(shown().background, 'statusBarItem.errorBackground');
    assert.match(shown().label, /web page \(404\)/);
  });

  it('shows a key when a sign-in is wanted', async () => {
    server.setFault('*', faults.unauthorized);
    await connect(extension, server.url);
    await extension.experiments.getChildren();
    await until('the key shows', () => shown().text.startsWith(`$(key) ${host}`));
    assert.equal(shown().background, 'statusBarItem.warningBackground');
  });

  it('draws no icon and makes no link out of an address', async () => {
    server.setFault('*', faults.html404);
    await connect(extension, `${server.url}/$(trash)/[x](command:y)`);
    await says(`$(error) ${host}`);
    assert.match(shown().tooltip.value, /trash/);
    assert.doesNotMatch(shown().tooltip.value, /[^\\]\]\(|[^\\]\$\(/);
  });

  it('counts the other connections of the window', async () => {
    const other = await startFaultServer();
    await connect(extension, server.url);
    const { connections } = theExtension().exports;
    const beside = await connections.putBeside({ uri: other.url, namedBy: 'person' });
    await beside?.connection.ensure();
    await says(`$(beaker) 127.0.0.1:${other.port} · 3.17.2 +1`);
    const [first] = extension.sessions.all;
    assert.ok(first && beside);
    extension.sessions.activate(first);
    await says(`$(beaker) ${host} · 3.17.2 +1`);
    await connections.close(beside);
    await says(`$(beaker) ${host} · 3.17.2`);
    await connections.forget(other.url);
    await other.close();
  });
});
