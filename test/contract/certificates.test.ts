import assert from 'node:assert/strict';
import type { ServerOptions } from 'node:https';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from 'node:tls';
import type { MlflowError } from '../../src/mlflow/errors';
import type { TlsOptions } from '../../src/mlflow/transport';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { type CertificateName, type Certificates, makeCertificates } from '../support/certificates';
import { failure } from '../support/failure';
import { type FaultServer, startFaultServer } from '../support/faultServer';
import { storeDoors } from '../support/storeDoors';

const never = new AbortController().signal;

for (const door of storeDoors()) {
  describe(`the certificates of a REST store, ${door.name}`, function () {
    this.timeout(120_000);
    let pem: Certificates['of'];
    let certificates: Certificates;
    const servers: FaultServer[] = [];

    before(async () => {
      certificates = await makeCertificates();
      pem = certificates.of;
      await door.start();
    });
    afterEach(async () => {
      await Promise.all(servers.splice(0).map((server) => server.close()));
    });
    after(async () => {
      await door.close();
      await certificates.remove();
    });

    async function serve(name: CertificateName, more: ServerOptions = {}): Promise<FaultServer> {
      const server = await startFaultServer({}, { ...pem[name], ...more });
      servers.push(server);
      return server;
    }

    const ask = (url: string, tls: TlsOptions): Promise<unknown> =>
      door.open(url, { tls }).getExperiment('1', never);
    const refusalOf = async (url: string, tls: TlsOptions): Promise<MlflowError> => {
      const error = await failure(ask(url, tls));
      assert.deepEqual([error.kind, error.reason], ['unreachable', 'tls']);
      return error;
    };
    const trusting = (name: CertificateName): TlsOptions => ({ ca: [pem[name].cert] });

    it('are trusted with the authority that signed them, by address and by name', async () => {
      const { url } = await serve('server');
      await ask(url, trusting('authority'));
      await ask(url.replace('127.0.0.1', 'localhost'), trusting('authority'));
    });

    it('are not trusted without it, nor with another one', async () => {
      const { url, requests } = await serve('server');
      const codes = ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'];
      for (const tls of [{}, { systemCertificates: true }, trusting('otherAuthority')]) {
        const { detail } = await refusalOf(url, tls);
        assert.ok(codes.includes(detail.serverMessage ?? ''), detail.serverMessage);
      }
      assert.equal(requests.length, 0);
    });

    it('may sign themselves where they are named as the authority', async () => {
      const { url } = await serve('selfSigned');
      const { detail } = await refusalOf(url, trusting('authority'));
      assert.equal(detail.serverMessage, 'DEPTH_ZERO_SELF_SIGNED_CERT');
      await ask(url, trusting('selfSigned'));
    });

    it('have to be valid today', async () => {
      const { detail } = await refusalOf((await serve('expired')).url, trusting('authority'));
      assert.equal(detail.serverMessage, 'CERT_HAS_EXPIRED');
    });

    it('have to be for the host, and say for which they are', async () => {
      const { detail } = await refusalOf((await serve('otherHost')).url, trusting('authority'));
      assert.equal(detail.serverMessage, 'ERR_TLS_CERT_ALTNAME_INVALID');
      assert.equal(detail.certificateHosts, 'mlflow.example.com, 10.1.2.3');
    });

    it('are all taken where that is asked for', async () => {
      for (const name of ['expired', 'otherHost', 'ofUnknown', 'selfSigned'] as const) {
        await ask((await serve(name)).url, { insecure: true });
      }
    });

    it('are not looked for where no TLS is spoken', async () => {
      const server = await startFaultServer();
      servers.push(server);
      const { detail } = await refusalOf(server.url.replace('http:', 'https:'), {});
      assert.match(detail.serverMessage ?? '', /^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH)/);
    });

    it('that cannot be used are refused before anything is asked', async () => {
      const { url, requests } = await serve('server');
      for (const clientCertificate of [
        { cert: 'no certificate', key: pem.client.key },
        { cert: pem.client.cert, key: pem.strangeClient.key },
      ]) {
        const error = await failure(
          (async () => ask(url, { ...trusting('authority'), clientCertificate }))(),
        );
        assert.deepEqual([error.kind, error.reason], ['unsupported', 'transport']);
        assert.doesNotMatch(error.message, /BEGIN|PRIVATE/);
      }
      assert.equal(requests.length, 0);
    });

    it('of a client are shown to a server that asks, key and certificate in one text as well', async () => {
      const { url } = await serve('server', {
        requestCert: true,
        rejectUnauthorized: true,
        ca: [pem.authority.cert],
      });
      const { cert, key } = pem.client;
      await ask(url, { ...trusting('authority'), clientCertificate: { cert, key } });
      const both = cert + key;
      await ask(url, { ...trusting('authority'), clientCertificate: { cert: both, key: both } });
    });

    it('of a client that are missing or refused are told of, whether the server says so or not', async () => {
      const asking = { requestCert: true, rejectUnauthorized: true, ca: [pem.authority.cert] };
      const { url } = await serve('server', asking);
      const missing = await refusalOf(url, trusting('authority'));
      assert.match(missing.detail.serverMessage ?? '', /CERTIFICATE_REQUIRED|CLOSED_AFTER/);
      const clientCertificate = pem.strangeClient;
      const refused = await refusalOf(url, { ...trusting('authority'), clientCertificate });
      assert.match(refused.detail.serverMessage ?? '', /ALERT|CLOSED_AFTER/);
    });

    it('are not blamed for a server that breaks off its answers', async () => {
      const server = await serve('server');
      server.setFault('experiments/get', { kind: 'cut' });
      const error = await failure(ask(server.url, trusting('authority')));
      assert.equal(error.reason, 'cut');
    });

    it('are not blamed for a write during which the server ended', async () => {
      let connections = 0;
      const ending = createServer(pem.server, (socket) => {
        socket.on('error', () => undefined);
        // Whatever stands before the server goes on to take connections, and has nowhere to lead them.
        if (connections++ === 0) socket.once('data', () => socket.destroy());
        else socket.destroy();
      });
      await new Promise<void>((resolve) => ending.listen(0, '127.0.0.1', resolve));
      const { port } = ending.address() as AddressInfo;
      const store = door.open(`https://127.0.0.1:${port}`, { tls: trusting('authority') });
      const { reason } = await failure(store.deleteRun('1r0', never));
      assert.equal(reason, 'unknownOutcome');
      ending.close();
    });

    it('of a client are never shown to a server that is not trusted', async () => {
      const { url, requests } = await serve('ofUnknown', { requestCert: true });
      await refusalOf(url, { ...trusting('authority'), clientCertificate: pem.client });
      assert.equal(requests.length, 0);
    });
  });
}

describe('a REST store on MLflow 3.17.2 with TLS', function () {
  this.timeout(120_000);
  const doors = storeDoors();
  let certificates: Certificates;
  let directory: string;
  let server: MlflowServer;

  before(async () => {
    certificates = await makeCertificates();
    directory = await mkdtemp(path.join(tmpdir(), 'mlflow-tls-'));
    const { server: ofServer, authority } = certificates.of;
    server = await startMlflow({
      python: await ensurePython('demo'),
      directory,
      tls: { cert: ofServer.certFile, key: ofServer.keyFile, clientAuthority: authority.certFile },
    });
    await Promise.all(doors.map((door) => door.start()));
  });
  after(async () => {
    await Promise.all(doors.map((door) => door.close()));
    await server.stop();
    await certificates.remove();
    await rm(directory, { recursive: true, force: true });
  });

  for (const door of doors) {
    it(`reads and writes, and shows the certificate that the server asks of its clients, ${door.name}`, async () => {
      const { authority, client, strangeClient } = certificates.of;
      const ca = [authority.cert];
      const store = door.open(server.url, { tls: { ca, clientCertificate: client } });
      assert.equal((await store.serverInfo(never)).version, '3.17.2');
      const id = await store.createExperiment(`behind TLS, ${door.name}`, never);
      assert.equal((await store.getExperiment(id, never)).lifecycleStage, 'active');
      for (const tls of [{ ca }, { ca, clientCertificate: strangeClient }]) {
        const error = await failure(door.open(server.url, { tls }).serverInfo(never));
        assert.deepEqual([error.kind, error.reason], ['unreachable', 'tls']);
        assert.equal(error.detail.serverMessage, 'CLOSED_AFTER_HANDSHAKE');
      }
    });
  }
});
