import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/ids';
import type { Row } from '../../src/tree/row';
import { type Fault, type FaultServer, faults, startFaultServer } from '../support/faultServer';
import { activated, change, click, connect, say, sayAll, runsOf, until } from './underTest';
import type { UnderTest } from './underTest';

/** What goes wrong, and what the view says about it. */
const troubles: readonly (readonly [string, Fault, RegExp])[] = [
  ['a sign-in is wanted (401)', faults.unauthorized, /wants a sign-in \(401\).*Choose Sign In/],
  ['access is denied (403)', faults.forbidden, /does not allow you.*Ask its administrator/],
  ['the Host check refuses (403)', faults.hostCheck, /under this host name.*--allowed-hosts/],
  ['a proxy says 404 in HTML', faults.html404, /web page \(404\).*Check the address/],
  ['a proxy says 502 in HTML', faults.html502, /error of its own \(502.*Try again/],
  ['a sign-in page comes instead', faults.loginPage, /web page \(200\).*Check the address/],
  ['the server fails (500)', faults.internalError, /error of its own \(500: it broke\)/],
  ['the server is busy (429)', faults.tooManyRequests, /too busy \(429\).*Try again/],
  ['the server asks for two minutes (429)', faults.busy('120'), /too busy \(429\).*in 2m 0s\./],
  ['the server asks for an hour (503)', faults.busy('3600', 503), /too busy \(503\).*in 1h 0m\./],
  ['the server has no time (408)', faults.busy('0', 408), /too busy \(408\).*Try again/],
  [
    'the server refuses what was asked',
    faults.refused('INVALID_PARAMETER_VALUE', 'Invalid clause(s)'),
    /refused: Invalid clause\(s\)/,
  ],
  [
    'the server does not know it',
    faults.refused('RESOURCE_DOES_NOT_EXIST', 'No such thing', 404),
    /does not know this \(any more\): No such thing/,
  ],
  ['nothing at all comes', faults.json(''), /not whole or not JSON.*Try again/],
  ['the connection breaks off', { kind: 'cut' }, /broke off in the middle.*Try again/],
  ['the connection is reset', { kind: 'reset' }, /broke off in the middle.*Try again/],
  ['half the JSON comes', { kind: 'half' }, /not whole or not JSON.*Try again/],
  ['a list of another shape comes', faults.json('{"experiments": 5, "runs": 5}'), /would not send/],
  [
    'another address is named',
    faults.redirect('http://127.0.0.1:1/'),
    /redirects to another address \(http:\/\/127\.0\.0\.1:1\).*Set that/,
  ],
  [
    'its own address is named again and again',
    faults.redirect('/api/2.0/mlflow/experiments/search'),
    /redirects in a way.*Check the path/,
  ],
  [
    'a page says that a client certificate is missing',
    {
      kind: 'reply',
      status: 400,
      type: 'text/html',
      body: '<html><title>400 No required SSL certificate was sent</title></html>',
    },
    /client certificate.*Set mlflow\.tls\.clientCertificate/,
  ],
];

/** What the button on the row does; a click on the row of a 401 signs in. */
const retry = (row: Row): Thenable<unknown> => vscode.commands.executeCommand(commands.retry, row);

const experimentNames = ['experiment 1', 'experiment 2', 'experiment 3'];

describe('a tracking server in trouble', () => {
  let extension: UnderTest;
  let server: FaultServer;

  before(async () => {
    extension = await activated();
    server = await startFaultServer();
  });

  beforeEach(async () => {
    server.clearFaults();
    await connect(extension, server.url);
  });

  after(async () => {
    await change(settings.trackingUri, undefined);
    await server.close();
  });

  const roots = async (): Promise<readonly string[]> =>
    sayAll(await extension.experiments.getChildren());

  for (const [what, fault, sentence] of troubles) {
    it(`says one sentence above the rows when ${what}, and Retry brings them back`, async () => {
      assert.deepEqual(await roots(), experimentNames);
      server.setFault('experiments/search', fault);
      await extension.session.reload();
      const [error, ...rows] = await extension.experiments.getChildren();
      assert.ok(error);
      assert.match(say(error), sentence);
      assert.match(say(error), /The rows shown are from/);
      assert.ok(say(error).includes(server.url), say(error));
      assert.deepEqual(sayAll(rows), experimentNames);
      server.clearFaults();
      await retry(error);
      assert.deepEqual(await roots(), experimentNames);
    });

    it(`says it in the place of the rows when ${what} from the start`, async () => {
      server.setFault('*', fault);
      await connect(extension, server.url);
      const [error, ...rows] = await extension.experiments.getChildren();
      assert.ok(error);
      assert.match(say(error), sentence);
      assert.doesNotMatch(say(error), /The rows shown/);
      assert.deepEqual(rows, []);
      server.clearFaults();
      await retry(error);
      assert.deepEqual(await roots(), experimentNames);
    });
  }

  it('keeps the rows while a server says nothing, and a change of the address ends the wait', async () => {
    assert.deepEqual(await roots(), experimentNames);
    server.setFault('experiments/search', { kind: 'silence' });
    const asked = server.nextRequest('experiments/search');
    const reloaded = extension.session.reload();
    const { disconnected } = await asked;
    assert.deepEqual(await roots(), experimentNames);
    server.clearFaults();
    await connect(extension, `${server.url}/`);
    await disconnected;
    assert.deepEqual(await roots(), experimentNames);
    await reloaded;
  });

  it('keeps the rows of both views when nothing answers any more, and one Retry is for both', async () => {
    const { experiments, models } = extension;
    await experiments.getChildren();
    await models.getChildren();
    await server.goDown();
    await extension.session.reload();
    const [error, ...rows] = sayAll(await experiments.getChildren());
    assert.match(error ?? '', /^Nothing answers at .*Start the tracking server/);
    assert.deepEqual(rows, experimentNames);
    const [modelError, ...modelRows] = sayAll(await models.getChildren());
    assert.match(modelError ?? '', /^Nothing answers at/);
    assert.equal(modelRows.length, 2);
    await server.comeBack();
    const [row] = await experiments.getChildren();
    assert.ok(row);
    await click(row);
    assert.deepEqual(await roots(), experimentNames);
    assert.equal((await models.getChildren()).length, 2);
  });

  it('keeps the runs of an experiment beside the error, and Retry reads them', async () => {
    const before = sayAll(await runsOf(extension, 'experiment 2'));
    assert.equal(before.length, 25);
    server.setFault('runs/search', { kind: 'cut' });
    await extension.session.reload();
    const [error, ...rows] = await runsOf(extension, 'experiment 2');
    assert.ok(error);
    assert.match(say(error), /broke off/);
    assert.deepEqual(sayAll(rows), before);
    server.clearFaults();
    await click(error);
    assert.deepEqual(sayAll(await runsOf(extension, 'experiment 2')), before);
  });

  it('shows the rows of a slow server when they come', async () => {
    server.setFault('*', { kind: 'slow', milliseconds: 400 });
    await connect(extension, server.url);
    assert.deepEqual(await roots(), experimentNames);
  });

  it('drops what a silent server still owes when another server is set', async () => {
    server.setFault('experiments/search', { kind: 'silence' });
    const asked = server.nextRequest('experiments/search');
    await connect(extension, server.url);
    const waiting = extension.experiments.getChildren();
    const { disconnected } = await asked;
    const other = await startFaultServer({ experiments: 1 });
    await connect(extension, other.url);
    await disconnected;
    assert.deepEqual(await roots(), ['experiment 1']);
    await waiting;
    await other.close();
  });

  it('follows a change of the setting by itself', async () => {
    const other = await startFaultServer({ experiments: 1 });
    await roots();
    await change(settings.trackingUri, other.url);
    await until('the other server is asked', async () => (await roots()).length === 1);
    await other.close();
  });

  it('says what to do about a tracking URI that is not spoken yet', async () => {
    await connect(extension, 'databricks');
    const [row, ...others] = await roots();
    assert.match(row ?? '', /databricks is not supported yet\. Use the http\(s\) address/);
    assert.deepEqual(others, []);
    assert.match(sayAll(await extension.models.getChildren()).join(), /not supported yet/);
  });
});
