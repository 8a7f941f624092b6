import assert from 'node:assert/strict';
import { clientVariables, type ClientPlace } from '../../../src/mlflow/clientVariables';
import { parseTrackingUri } from '../../../src/mlflow/trackingUri';

const place = (uri: string, more: Partial<ClientPlace> = {}): ClientPlace => ({
  ...{ tracking: parseTrackingUri(uri), registry: undefined, transport: {} },
  ...{ signIn: undefined, files: {} },
  ...more,
});
const of = (uri: string, more?: Partial<ClientPlace>): Readonly<Record<string, string>> =>
  clientVariables(place(uri, more)).set;

describe("variables of MLflow's client", () => {
  it('name a server without the user name that its address holds', () => {
    const signIn = { kind: 'basic', user: 'ann', password: 'p:w' } as const;
    assert.deepEqual(of('https://ann:p%3Aw@ml.example/x', { signIn }), {
      MLFLOW_TRACKING_URI: 'https://ml.example/x',
      MLFLOW_TRACKING_USERNAME: 'ann',
      MLFLOW_TRACKING_PASSWORD: 'p:w',
    });
  });

  it('bring a token, certificates and the workspace along', () => {
    const set = of('https://ml.example', {
      signIn: { kind: 'token', token: 't' },
      transport: { workspace: 'team', tls: { ca: ['PEM'] } },
      files: { ca: '/ca.pem', clientCertificate: '/me.pem' },
    });
    assert.deepEqual(set, {
      MLFLOW_TRACKING_URI: 'https://ml.example',
      MLFLOW_TRACKING_TOKEN: 't',
      MLFLOW_TRACKING_SERVER_CERT_PATH: '/ca.pem',
      MLFLOW_TRACKING_CLIENT_CERT_PATH: '/me.pem',
      MLFLOW_WORKSPACE: 'team',
    });
  });

  it('take any certificate only where the connection does', () => {
    const set = of('https://ml.example', { transport: { tls: { insecure: true } } });
    assert.equal(set['MLFLOW_TRACKING_INSECURE_TLS'], 'true');
  });

  it('name local stores by themselves', () => {
    assert.deepEqual(of('sqlite:////data/mlflow.db'), {
      MLFLOW_TRACKING_URI: 'sqlite:////data/mlflow.db',
    });
    assert.deepEqual(of('file:///data/mlruns'), {
      MLFLOW_TRACKING_URI: '/data/mlruns',
      MLFLOW_ALLOW_FILE_STORE: 'true',
    });
  });

  it('name the registry where it is another place', () => {
    const registry = parseTrackingUri('https://models.example');
    assert.equal(
      of('https://ml.example', { registry })['MLFLOW_REGISTRY_URI'],
      'https://models.example',
    );
  });

  it('let nothing of another connection shine through', () => {
    const { unset } = clientVariables(place('sqlite:////data/mlflow.db'));
    assert.ok(unset.includes('MLFLOW_TRACKING_PASSWORD'));
    assert.ok(unset.includes('MLFLOW_REGISTRY_URI'));
    assert.ok(!unset.includes('MLFLOW_TRACKING_URI'));
  });

  it('name the proxy with whatever signs in to it', () => {
    const authorization = `Basic ${Buffer.from('ann:p@w').toString('base64')}`;
    const proxy = { https: 'http://proxy:3128', noProxy: 'localhost', authorization };
    const set = of('https://ml.example', { transport: { proxy } });
    assert.equal(set['HTTPS_PROXY'], 'http://ann:p%40w@proxy:3128/');
    assert.equal(set['https_proxy'], set['HTTPS_PROXY']);
    assert.equal(set['NO_PROXY'], 'localhost');
    assert.equal(set['HTTP_PROXY'], undefined);
  });
});
