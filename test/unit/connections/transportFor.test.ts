import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  transportFor,
  type ChosenTransport,
  type TransportSources,
} from '../../../src/connections/transportFor';
import { TransportProblem } from '../../../src/connections/transportProblem';
import { fingerprint } from '../../../src/connections/certificates';
import type { SignIn } from '../../../src/mlflow/signIn';
import { selfSigned } from '../../support/selfSigned';

const pem = selfSigned('test');
const saved: SignIn = { kind: 'token', token: 'saved' };
const theirs = 'https://host:1';

describe('transportFor', () => {
  let folder: string;
  let home: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workspace '));
    home = await mkdtemp(join(tmpdir(), 'home '));
    await writeFile(join(folder, 'ca.pem'), pem.cert);
    await writeFile(join(home, 'ca.pem'), pem.cert);
    await writeFile(join(folder, 'client.pem'), pem.cert + pem.key);
    await writeFile(join(home, 'client.pem'), pem.cert + pem.key);
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
    await rm(home, { recursive: true });
  });

  type Changes = Partial<TransportSources> & { readonly approved?: readonly string[] };

  const sources = ({ approved = [], ...changes }: Changes): TransportSources => ({
    settings: { user: {}, workspace: {} },
    environment: {},
    envFile: {},
    home,
    folder,
    systemCertificates: true,
    proxy: {
      enabled: true,
      proxy: '',
      noProxy: [],
      authorization: undefined,
      strictTls: true,
    },
    stored: () => Promise.resolve(undefined),
    isApproved: (entry) => approved.includes(entry),
    ...changes,
  });

  const byUser = (changes: Changes = {}, uri = theirs): Promise<ChosenTransport> =>
    transportFor({ value: uri, owner: 'user' }, sources(changes));
  const byWorkspace = (changes: Changes = {}, uri = theirs): Promise<ChosenTransport> =>
    transportFor({ value: uri, owner: 'workspace' }, sources(changes));

  /** Everything of the user's own at once. */
  const everything = (): Changes => ({
    settings: {
      user: {
        requestHeaders: { 'X-Key': 'header ${env:KEY}' },
        clientCertificate: '~/client.pem',
      },
      workspace: {},
    },
    environment: {
      MLFLOW_TRACKING_USERNAME: 'ann',
      MLFLOW_TRACKING_PASSWORD: 'in env',
      KEY: 'of env',
    },
    stored: () => Promise.resolve(saved),
  });

  it('sends all that the user owns to a server that the user named', async () => {
    const { transport, account, withheld } = await byUser(everything());
    assert.equal(transport.authorization, 'Bearer saved');
    assert.deepEqual(transport.headers, { 'x-key': 'header of env' });
    assert.deepEqual(transport.tls?.clientCertificate, {
      cert: pem.cert.trim(),
      key: pem.key.trim(),
    });
    assert.deepEqual([account, withheld], ['', false]);
  });

  it('sends nothing of it to a server that a workspace named', async () => {
    const { transport, account, withheld, approval, warnings } = await byWorkspace(everything());
    assert.deepEqual(transport, {
      authorization: undefined,
      headers: {},
      workspace: undefined,
      tls: { systemCertificates: true },
      proxy: undefined,
    });
    assert.deepEqual([account, withheld, approval], [undefined, true, theirs]);
    assert.match(warnings.join(), /not sent to https:\/\/host:1, which is not approved/);
  });

  it('sends it once that very origin is approved', async () => {
    for (const approved of [['https://host'], ['http://host:1'], [`${theirs} insecure`]]) {
      assert.ok((await byWorkspace({ ...everything(), approved })).withheld, approved.join());
    }
    const uri = `${theirs.toUpperCase()}/path/#/experiments/1`;
    const sent = await byWorkspace({ ...everything(), approved: [theirs] }, uri);
    assert.deepEqual(sent.transport, (await byUser(everything())).transport);
    assert.equal(sent.withheld, false);
  });

  it('asks for what is stored by the origin alone', async () => {
    const asked: string[] = [];
    const stored = (origin: string): Promise<undefined> => {
      asked.push(origin);
      return Promise.resolve(undefined);
    };
    await byUser({ stored }, 'HTTP://me:pw@Host:80/path?x=1#/y');
    assert.deepEqual(asked, ['http://host']);
  });

  it('sends what a workspace brings itself', async () => {
    const changes: Changes = {
      settings: {
        user: {},
        workspace: { requestHeaders: { 'X-Key': '${env:KEY}' }, clientCertificate: 'client.pem' },
      },
      environment: { KEY: 'of env' },
      envFile: { MLFLOW_TRACKING_TOKEN: 'dot' },
    };
    const { transport, withheld } = await byWorkspace(changes);
    assert.equal(transport.authorization, 'Bearer dot');
    assert.deepEqual(transport.headers, { 'x-key': '${env:KEY}' });
    assert.ok(transport.tls?.clientCertificate);
    assert.equal(withheld, false);
  });

  it('takes a certificate outside of the workspace for the user’s, whoever names it', async () => {
    const named = join(home, 'client.pem');
    const settings = { user: {}, workspace: { clientCertificate: named } };
    for (const changes of [
      { settings },
      { envFile: { MLFLOW_TRACKING_CLIENT_CERT_PATH: named } },
    ]) {
      const { transport, withheld } = await byWorkspace(changes);
      assert.equal(transport.tls?.clientCertificate, undefined);
      assert.equal(withheld, true);
    }
  });

  it('keeps back what the user owns where the workspace weakens the way', async () => {
    const weak: readonly (readonly [Changes, string])[] = [
      [{ settings: { user: {}, workspace: { insecure: true } } }, 'insecure'],
      [{ envFile: { MLFLOW_TRACKING_INSECURE_TLS: 'TRUE' } }, 'insecure'],
      [{ settings: { user: {}, workspace: { caFile: join(home, 'ca.pem') } } }, 'ca:'],
      [{ settings: { user: { caFile: 'ca.pem' }, workspace: {} } }, 'ca:'],
      [{ envFile: { MLFLOW_TRACKING_SERVER_CERT_PATH: 'ca.pem' } }, 'ca:'],
    ];
    const stored = (): Promise<SignIn> => Promise.resolve(saved);
    for (const [changes, weakness] of weak) {
      const full = weakness === 'ca:' ? `ca:${fingerprint([pem.cert.trim()])}` : weakness;
      const entry = `${theirs} ${full}`;
      const uri = 'https://me:pw@host:1';
      const kept = await byUser({ ...changes, stored, approved: [theirs] }, uri);
      assert.equal(kept.transport.authorization, undefined, entry);
      assert.deepEqual([kept.withheld, kept.approval], [true, entry]);
      const sent = await byUser({ ...changes, stored, approved: [entry] }, uri);
      assert.deepEqual([sent.transport.authorization, sent.withheld], ['Bearer saved', false]);
    }
  });

  it('does not ask for approval where the user weakens the way', async () => {
    const user: readonly Changes[] = [
      { settings: { user: { insecure: true }, workspace: {} } },
      {
        environment: { MLFLOW_TRACKING_INSECURE_TLS: '1' },
        envFile: { MLFLOW_TRACKING_INSECURE_TLS: '0' },
      },
      { settings: { user: { caFile: '~/ca.pem' }, workspace: {} } },
    ];
    for (const changes of user) {
      const chosen = await byUser({ ...changes, stored: () => Promise.resolve(saved) });
      assert.equal(chosen.transport.authorization, 'Bearer saved');
      assert.equal(chosen.approval, theirs);
    }
  });

  it('says loudly that any certificate is taken', async () => {
    const { transport, insecure, warnings } = await byUser({
      environment: { MLFLOW_TRACKING_INSECURE_TLS: 'true' },
    });
    assert.deepEqual([transport.tls?.insecure, insecure], [true, true]);
    assert.match(warnings.join(), /any certificate is taken from https:\/\/host:1/);
  });

  it('lets a setting win over its variable', async () => {
    const { transport } = await byUser({
      settings: { user: { insecure: false, workspace: 'set' }, workspace: {} },
      environment: { MLFLOW_TRACKING_INSECURE_TLS: 'true', MLFLOW_WORKSPACE: 'env' },
    });
    assert.deepEqual([transport.tls?.insecure, transport.workspace], [undefined, 'set']);
    assert.equal((await byUser({ envFile: { MLFLOW_WORKSPACE: ' b ' } })).transport.workspace, 'b');
  });

  it('takes the authorities of MLflow’s HTTP library where MLflow names none', async () => {
    const bundle = { REQUESTS_CA_BUNDLE: join(home, 'ca.pem') };
    assert.equal((await byUser({ environment: bundle })).transport.tls?.ca?.length, 1);
    const insecure = { ...bundle, MLFLOW_TRACKING_INSECURE_TLS: 'true' };
    assert.equal((await byUser({ environment: insecure })).transport.tls?.ca, undefined);
  });

  it('looks at no certificate where none is used', async () => {
    const settings = { user: { caFile: 'missing', insecure: true }, workspace: {} };
    const { transport, insecure } = await byUser({ settings }, 'http://host');
    assert.deepEqual([transport.tls, insecure], [undefined, false]);
  });

  it('sends an Authorization header of the settings where there is no sign-in', async () => {
    const settings = { user: { requestHeaders: { Authorization: 'Key x' } }, workspace: {} };
    assert.equal((await byUser({ settings })).transport.authorization, 'Key x');
    const signedIn = await byUser({ settings, stored: () => Promise.resolve(saved) });
    assert.equal(signedIn.transport.authorization, 'Bearer saved');
    assert.deepEqual(signedIn.transport.headers, {});
  });

  it('refuses what MLflow refuses', async () => {
    const refused: readonly (readonly [Changes, string])[] = [
      [
        { settings: { user: { insecure: true, caFile: '~/ca.pem' }, workspace: {} } },
        'insecureAndCa',
      ],
      [{ environment: { MLFLOW_TRACKING_INSECURE_TLS: 'maybe' } }, 'insecureFlag'],
      [{ environment: { MLFLOW_TRACKING_SERVER_CERT_PATH: 'none.pem' } }, 'caFile'],
      [{ settings: { user: { clientCertificate: 'ca.pem' }, workspace: {} } }, 'noKey'],
    ];
    for (const [changes, what] of refused) {
      await assert.rejects(
        byUser(changes),
        (error) => error instanceof TransportProblem && error.fault.what === what,
      );
    }
  });

  it('says which ways to sign in are missing', async () => {
    const environment = { MLFLOW_TRACKING_AWS_SIGV4: 'true', MLFLOW_TRACKING_AUTH: 'kubernetes' };
    const { warnings } = await byUser({ environment });
    assert.deepEqual(
      warnings.map((warning) => warning.split(':', 1)[0]),
      ['MLFLOW_TRACKING_AWS_SIGV4 is not supported', 'MLFLOW_TRACKING_AUTH is not supported'],
    );
  });

  it('goes on without a credentials file that cannot be read', async () => {
    await mkdir(join(home, '.mlflow', 'credentials'), { recursive: true });
    const { warnings, account } = await byUser();
    assert.match(warnings.join(), /credentials cannot be read/);
    assert.equal(account, undefined);
  });
});
