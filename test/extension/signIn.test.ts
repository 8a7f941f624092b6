import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { SignIn } from '../../src/mlflow/signIn';
import {
  type FaultServer,
  type RecordedRequest,
  faults,
  startFaultServer,
} from '../support/faultServer';
import {
  type UnderTest,
  activated,
  change,
  connect,
  say,
  sayAll,
  stays,
  theExtension,
  until,
} from './underTest';

const never = new AbortController().signal;
const right = { kind: 'basic', user: 'ann', password: 'the right one' } as const;
const wrong: SignIn = { kind: 'token', token: 'the wrong one' };
const header = `Basic ${Buffer.from('ann:the right one').toString('base64')}`;

async function changeForWorkspace(setting: string, value: unknown): Promise<void> {
  const { Workspace } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration().update(setting, value, Workspace);
}

describe('signing in', () => {
  let extension: UnderTest;
  let server: FaultServer;

  const signIns = () => theExtension().exports.signIns;
  const roots = async (): Promise<readonly string[]> =>
    sayAll(await extension.experiments.getChildren());
  /** What was sent to sign in with, each once. */
  const sent = ({ requests }: FaultServer): readonly (string | undefined)[] => [
    ...new Set(requests.map(({ headers }) => headers.authorization)),
  ];
  /** Names the server as a file of the workspace would. */
  const connectForWorkspace = async (): Promise<void> => {
    await changeForWorkspace(settings.trackingUri, server.url);
    const { sessions } = extension;
    sessions.reset();
    await Promise.all((await sessions.ensure()).map(({ connection }) => connection.ensure()));
  };

  before(async () => {
    extension = await activated();
  });

  beforeEach(async () => {
    server = await startFaultServer({ experiments: 2 });
    const unless = ({ headers }: RecordedRequest): boolean => headers.authorization === header;
    server.setFault('*', faults.unauthorized, { unless });
  });

  afterEach(async () => {
    delete process.env['MLFLOW_TRACKING_USERNAME'];
    delete process.env['MLFLOW_TRACKING_PASSWORD'];
    await signIns().forget(server.url);
    for (const setting of [settings.trackingUri, settings.requestHeaders, settings.tlsInsecure]) {
      await change(setting, undefined);
      await changeForWorkspace(setting, undefined);
    }
    await server.close();
  });

  it('is what a click on the row of a 401 offers, and brings the rows', async () => {
    await connect(extension, server.url);
    const [row, ...others] = await extension.experiments.getChildren();
    assert.ok(row);
    assert.deepEqual(others, []);
    assert.match(say(row), /wants a sign-in \(401\)\. Choose Sign In\.$/);
    assert.match(row.item.contextValue ?? '', /^error;signIn\b/);
    assert.equal(row.item.command?.command, commands.signIn);
    assert.deepEqual(sent(server), [undefined]);

    const { id } = extension.session;
    await signIns().tryOut(id, server.url, right, never);
    assert.match((await roots()).join(), /wants a sign-in/);
    await signIns().keep(server.url, right, id);
    await until('the rows are there', async () => (await roots()).length === 2);
    assert.equal(extension.session.connection.status.kind, 'ready');
  });

  it('stores nothing that the server refused', async () => {
    await connect(extension, server.url);
    const { id } = extension.session;
    await assert.rejects(signIns().tryOut(id, server.url, wrong, never), {
      reason: 'signInRefused',
    });
    extension.session.reconnect();
    await extension.session.connection.ensure();
    assert.equal(server.requests.at(-1)?.headers.authorization, undefined);
    assert.match((await roots()).join(), /wants a sign-in/);
  });

  it('says that a saved sign-in is refused, and does not send it again by itself', async () => {
    await change(settings.refreshInterval, 1);
    await connect(extension, server.url);
    await signIns().keep(server.url, wrong, extension.session.id);
    await until('it is refused', async () => /refused the sign-in/.test((await roots()).join()));
    const count = server.requests.length;
    await stays('no request', 2_500, () => server.requests.length === count);
    await change(settings.refreshInterval, undefined);
  });

  it('ends with Sign Out', async () => {
    await connect(extension, server.url);
    await signIns().keep(server.url, right, extension.session.id);
    await until('the rows are there', async () => (await roots()).length === 2);
    await vscode.commands.executeCommand(commands.signOut);
    await until('they are gone', async () => /wants a sign-in/.test((await roots()).join()));
    assert.equal(server.requests.at(-1)?.headers.authorization, undefined);
  });

  it('sends nothing of the user’s to a server that the workspace chose, before it is approved', async () => {
    process.env['MLFLOW_TRACKING_USERNAME'] = right.user;
    process.env['MLFLOW_TRACKING_PASSWORD'] = right.password;
    await change(settings.requestHeaders, { 'X-Team-Key': 'of the user' });
    await connectForWorkspace();
    assert.match((await roots()).join(), /did not choose this server yourself.*was not sent to it/);
    assert.ok(server.requests.length > 0);
    for (const { headers, path } of server.requests) {
      assert.equal(headers.authorization, undefined, path);
      assert.equal(headers['x-team-key'], undefined, path);
    }

    const { id } = extension.session;
    assert.equal(signIns().serverOf(id)?.withheld, true);
    await signIns().tryOut(id, server.url, undefined, never);
    await signIns().keep(server.url, undefined, id);
    await until('the rows are there', async () => (await roots()).length === 2);
    const last = server.requests.at(-1)?.headers;
    assert.deepEqual([last?.authorization, last?.['x-team-key']], [header, 'of the user']);
  });

  it('sends what the workspace itself brings', async () => {
    await changeForWorkspace(settings.requestHeaders, { Authorization: header });
    await connectForWorkspace();
    assert.deepEqual(await roots(), ['experiment 1', 'experiment 2']);
    assert.deepEqual(sent(server), [header]);
  });

  it('takes user name and password of an address, and shows them nowhere', async () => {
    const uri = server.url.replace('//', `//ann:${encodeURIComponent('the right one')}@`);
    await connect(extension, uri);
    assert.deepEqual(await roots(), ['experiment 1', 'experiment 2']);
    assert.equal(extension.session.name, server.url);
    assert.ok(server.requests.every(({ path }) => !path.includes('right')));
  });

  it('sends nothing to where a server redirects', async () => {
    const other = await startFaultServer();
    await connect(extension, server.url);
    await signIns().keep(server.url, right, extension.session.id);
    await until('the rows are there', async () => (await roots()).length === 2);
    server.setFault('*', faults.redirect(`${other.url}/api/2.0/mlflow/experiments/search`, 307));
    await extension.session.reload();
    assert.match((await roots()).join(), /redirects to another address/);
    assert.deepEqual(other.requests, []);
    await other.close();
  });

  it('says what is wrong with a certificate of the settings', async () => {
    await change(settings.tlsCaFile, 'no-such-file.pem');
    await connect(extension, server.url.replace('http:', 'https:'));
    assert.match((await roots()).join(), /no-such-file\.pem cannot be read \(ENOENT\)/);
    await change(settings.tlsCaFile, undefined);
  });
});
