import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { settings } from '../../src/ids';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { type OddProxy, startOddProxy } from '../support/oddProxy';
import { selfSigned } from '../support/selfSigned';
import { type UnderTest, activated, change, connect, sayAll } from './underTest';

describe('a tracking server that cannot be connected to', () => {
  let extension: UnderTest;
  let folder: string;
  const closing: { close(): Promise<unknown> }[] = [];

  before(async () => {
    extension = await activated();
    folder = await mkdtemp(path.join(tmpdir(), 'connection-faults-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  afterEach(async () => {
    for (const setting of [
      settings.trackingUri,
      settings.tlsCaFile,
      settings.tlsInsecure,
      'http.proxy',
    ]) {
      await change(setting, undefined);
    }
    await Promise.all(closing.splice(0).map((each) => each.close()));
  });

  async function serve(ends?: string): Promise<{ server: FaultServer; caFile: string }> {
    const { cert, key } = selfSigned('mlflow.example.com', ends);
    const server = await startFaultServer({}, { cert, key });
    closing.push(server);
    const caFile = path.join(folder, 'authority.pem');
    await writeFile(caFile, cert);
    return { server, caFile };
  }

  async function rowsAt(uri: string): Promise<readonly string[]> {
    await connect(extension, uri);
    return sayAll(await extension.experiments.getChildren());
  }

  it('says which setting names the authority that is missing', async () => {
    const { server } = await serve();
    const [row, ...others] = await rowsAt(server.url);
    assert.match(
      row ?? '',
      /not signed by an authority that is trusted here \(DEPTH_ZERO_SELF_SIGNED_CERT\).*Set mlflow\.tls\.caFile/,
    );
    assert.deepEqual(others, []);
    assert.equal(server.requests.length, 0);
  });

  it('says that the certificate is for another host', async () => {
    const { server, caFile } = await serve();
    await change(settings.tlsCaFile, caFile);
    assert.match(
      (await rowsAt(server.url))[0] ?? '',
      /is for another host \(.+\)\. Set a tracking/,
    );
  });

  it('says that the certificate has expired', async () => {
    const { server, caFile } = await serve('241231235959Z');
    await change(settings.tlsCaFile, caFile);
    assert.match((await rowsAt(server.url))[0] ?? '', /has expired\. Ask its administrator/);
  });

  it('is read all the same where any certificate will do', async () => {
    const { server } = await serve();
    await change(settings.tlsInsecure, true);
    assert.equal((await rowsAt(server.url)).length, 3);
  });

  it('says that there is no HTTPS at all', async () => {
    const server = await startFaultServer();
    closing.push(server);
    const [row] = await rowsAt(server.url.replace('http:', 'https:'));
    assert.match(row ?? '', /does not speak HTTPS \(.+\)\. Set the same tracking URI with http/);
  });

  for (const [manner, sentence] of [
    ['refuses', /does not let anybody through to https:.* \(403 Forbidden\)\. Ask its admin/],
    ['asks for a password', /wants a user name and password \(407\).*http\.proxyAuthorization/],
    ['talks nonsense', /cannot be used \(HPE_INVALID_CONSTANT\)\. Check http\.proxy/],
  ] as const) {
    it(`says so when the proxy ${manner}`, async () => {
      const proxy: OddProxy = await startOddProxy();
      closing.push(proxy);
      proxy.manner = manner;
      await change('http.proxy', proxy.url);
      const [row, ...others] = await rowsAt('https://mlflow.test:5000');
      assert.match(row ?? '', sentence);
      assert.ok(row?.includes(`The proxy ${proxy.url}`), row);
      assert.deepEqual(others, []);
    });
  }

  it('says so when nothing answers where the proxy should be', async () => {
    const proxy = await startOddProxy();
    await proxy.close();
    await change('http.proxy', proxy.url.replace('//', '//kim:pr0xy@'));
    const [row] = await rowsAt('https://mlflow.test:5000');
    assert.match(row ?? '', /cannot be used \(ECONNREFUSED\)\. Check http\.proxy/);
    assert.doesNotMatch(row ?? '', /pr0xy@|kim/);
  });
});
