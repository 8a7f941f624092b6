import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { Session } from '../../src/state/session';
import type { Row } from '../../src/tree/row';
import { type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { activated, change, click, connect, rowOf, say, sayAll, theExtension } from './underTest';
import type { UnderTest } from './underTest';

const withoutScheme = (url: string): string => url.replace('http://', '');

describe('several connections', () => {
  let extension: UnderTest;
  let one: FaultServer;
  let two: FaultServer;

  const connections = () => theExtension().exports.connections;
  const person = (uri: string) => ({ uri, namedBy: 'person' as const });

  before(async () => {
    extension = await activated();
    one = await startFaultServer({ experiments: 1 });
    two = await startFaultServer({ experiments: 2, version: '3.18.0' });
  });

  beforeEach(async () => {
    one.clearFaults();
    two.clearFaults();
    await connectToFirst();
  });

  afterEach(async () => {
    await connections().useNamed();
    for (const session of extension.sessions.all) {
      await connections().close(session);
    }
  });

  after(async () => {
    await change(settings.pageSize, undefined);
    await change(settings.trackingUri, undefined);
    for (const { uri } of connections().remembered) {
      await connections().forget(uri);
    }
    await one.close();
    await two.close();
  });

  /** Views of this window may be in sight, so all that they read by themselves is read first. */
  async function connectToFirst(): Promise<void> {
    await connect(extension, one.url);
    await Promise.all([extension.experiments.getChildren(), extension.models.getChildren()]);
  }

  /** Puts the second server beside the first. */
  async function putBeside(): Promise<Session> {
    const session = await connections().putBeside(person(two.url));
    assert.ok(session);
    return session;
  }

  /** The rows below the second connection. */
  async function underSecond(): Promise<readonly Row[]> {
    const { experiments } = extension;
    return experiments.getChildren(rowOf(await experiments.getChildren(), withoutScheme(two.url)));
  }

  async function runsOfSecond(): Promise<readonly Row[]> {
    const row = rowOf(await underSecond(), 'experiment 2');
    return extension.experiments.getChildren(row);
  }

  const on = async (command: string, row: Row): Promise<void> => {
    await vscode.commands.executeCommand(command, row);
  };

  it('are rows with their versions; what is below belongs to each', async () => {
    await extension.session.connection.ensure();
    await putBeside();
    assert.deepEqual(sayAll(await underSecond()), ['experiment 1', 'experiment 2']);
    const rows = await extension.experiments.getChildren();
    assert.deepEqual(sayAll(rows), [
      `${withoutScheme(one.url)} | MLflow 3.17.2`,
      `${withoutScheme(two.url)} | MLflow 3.18.0`,
    ]);
    assert.deepEqual(
      rows.map(({ item }) => item.contextValue),
      ['connection', 'connection;beside'],
    );
    const [first] = rows;
    assert.ok(first);
    assert.deepEqual(sayAll(await extension.experiments.getChildren(first)), ['experiment 1']);
    assert.equal((await extension.models.getChildren()).length, 2);
  });

  it('leave the first one open when another is put beside it and closed again', async () => {
    const [row] = await extension.experiments.getChildren();
    assert.ok(row);
    const asked = one.requests.length;
    const second = await putBeside();
    await connections().close(second);
    assert.deepEqual(sayAll(await extension.experiments.getChildren()), ['experiment 1']);
    assert.equal(one.requests.length, asked);
  });

  it('are refreshed, and their rows stay the same objects', async () => {
    await putBeside();
    const before = await runsOfSecond();
    const [, row] = await extension.experiments.getChildren();
    assert.ok(row);
    const [askedOne, askedTwo] = [one.requests.length, two.requests.length];
    await on(commands.refresh, row);
    assert.ok((await runsOfSecond()).every((run, at) => run === before[at]));
    assert.equal(one.requests.length, askedOne);
    assert.ok(two.requests.length > askedTwo);
  });

  it('close by the command on their row; the one that is named stays', async () => {
    await putBeside();
    const rows = await extension.experiments.getChildren();
    await on(commands.closeConnection, rows[0] as Row);
    assert.equal(extension.sessions.all.length, 2);
    await on(commands.closeConnection, rows[1] as Row);
    assert.deepEqual(sayAll(await extension.experiments.getChildren()), ['experiment 1']);
  });

  it('load more of the second one', async () => {
    await change(settings.pageSize, 10);
    await connectToFirst();
    await putBeside();
    const [askedOne, before] = [one.requests.length, await runsOfSecond()];
    assert.equal(before.at(-1)?.node.kind, 'loadMore');
    await click(before.at(-1) as Row);
    assert.equal((await runsOfSecond()).filter(({ node }) => node.kind === 'run').length, 20);
    assert.equal(one.requests.length, askedOne);
    await change(settings.pageSize, undefined);
  });

  it('pin, copy and tell their targets on the second one', async () => {
    await putBeside();
    await on(commands.pinExperiment, rowOf(await underSecond(), 'experiment 2'));
    assert.deepEqual(sayAll(await underSecond()), ['experiment 2', 'experiment 1']);
    await on(commands.unpinExperiment, rowOf(await underSecond(), 'experiment 2'));
    const [run] = await runsOfSecond();
    assert.ok(run?.node.kind === 'run');
    assert.equal(run.target?.connection, two.url);
    await on(commands.copyRunId, run);
    assert.equal(await vscode.env.clipboard.readText(), run.node.run.id);
  });

  it('say what is wrong below the row that fails, and Retry mends that one', async () => {
    two.setFault('*', faults.html502);
    await putBeside();
    const rows = await extension.experiments.getChildren();
    assert.deepEqual(sayAll(await extension.experiments.getChildren(rows[0])), ['experiment 1']);
    const [error, ...others] = await underSecond();
    assert.ok(error);
    assert.match(say(error), /error of its own \(502/);
    assert.deepEqual(others, []);
    assert.match(error.item.contextValue ?? '', /;ofConnection\b/);
    const [, failed] = await extension.experiments.getChildren();
    assert.equal((failed?.item.iconPath as vscode.ThemeIcon).id, 'error');
    two.clearFaults();
    const asked = one.requests.length;
    await click(error);
    assert.deepEqual(sayAll(await underSecond()), ['experiment 1', 'experiment 2']);
    assert.equal(one.requests.length, asked);
  });

  it('show a warning on the row of one that no longer answers, and its rows', async () => {
    await putBeside();
    assert.equal((await underSecond()).length, 2);
    two.setFault('*', { kind: 'cut' });
    const [, row] = await extension.experiments.getChildren();
    assert.ok(row);
    await on(commands.refresh, row);
    assert.deepEqual(sayAll(await underSecond()).slice(1), ['experiment 1', 'experiment 2']);
    const icon = row.item.iconPath as vscode.ThemeIcon;
    assert.equal(icon.id, 'warning');
    assert.match(row.item.accessibilityInformation?.label ?? '', /does not answer/);
    const tooltip = extension.experiments.resolveTreeItem({ ...row.item }, row).tooltip;
    assert.match((tooltip as vscode.MarkdownString).value, /broke off.*Last answer/s);
    two.clearFaults();
    await on(commands.refresh, row);
    assert.equal((row.item.iconPath as vscode.ThemeIcon).id, 'server');
  });

  describe('switching', () => {
    const roots = async (): Promise<readonly string[]> =>
      sayAll(await extension.experiments.getChildren());

    it('shows another server and leaves the settings alone', async () => {
      await connections().use(person(two.url));
      assert.deepEqual(await roots(), ['experiment 1', 'experiment 2']);
      assert.equal(vscode.workspace.getConfiguration().get(settings.trackingUri), one.url);
      await connections().useNamed();
      assert.deepEqual(await roots(), ['experiment 1']);
    });

    it('gives way to a change of the setting', async () => {
      const third = await startFaultServer({ experiments: 5 });
      await connections().use(person(two.url));
      await connect(extension, third.url);
      assert.equal((await roots()).length, 5);
      assert.equal(connections().instead, undefined);
      await third.close();
    });

    it('remembers what was used, the latest first, and never a password', async () => {
      await connections().use(person(two.url));
      await roots();
      await connections().useNamed();
      await roots();
      const [first, second] = connections().remembered;
      assert.deepEqual([first?.uri, second?.uri, second?.version], [one.url, two.url, '3.18.0']);
    });
  });
});
