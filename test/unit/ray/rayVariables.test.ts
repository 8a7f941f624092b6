import assert from 'node:assert/strict';
import { RayProblem } from '../../../src/ray/jobs/rayProblem';
import {
  packVariables,
  rayVariables,
  type VariableSources,
} from '../../../src/ray/jobs/rayVariables';

const far = 'http://ray.example:8265';
const near = 'http://127.0.0.1:8265';

function sources(uri: string | undefined, more: Partial<VariableSources> = {}): VariableSources {
  const client = uri === undefined ? undefined : { set: { MLFLOW_TRACKING_URI: uri }, unset: [] };
  return { client, launch: {}, configured: {}, own: {}, ...more };
}

function refusal(uri: string | undefined, cluster: string): string {
  try {
    rayVariables(sources(uri), cluster);
  } catch (error) {
    assert.ok(error instanceof RayProblem);
    return error.kind;
  }
  return 'none';
}

describe('variables of a job', () => {
  it('name a server that the cluster reaches', () => {
    assert.equal(refusal('https://mlflow.example', far), 'none');
    assert.equal(refusal('http://127.0.0.1:5000', near), 'none');
    assert.equal(refusal('http://localhost:5000', far), 'storeHere');
    assert.equal(refusal('sqlite:////data/mlflow.db', near), 'storeHere');
    assert.equal(refusal('/data/mlruns', near), 'storeHere');
    assert.equal(refusal(undefined, near), 'noServer');
  });

  it('may name the server by the address that the cluster knows', () => {
    const configured = { MLFLOW_TRACKING_URI: 'http://mlflow.inside:5000' };
    const { set } = rayVariables(sources('http://127.0.0.1:5000', { configured }), far);
    assert.equal(set['MLFLOW_TRACKING_URI'], 'http://mlflow.inside:5000');
  });

  it('leave out what means this machine, and say so', () => {
    const set = {
      ...{ MLFLOW_TRACKING_URI: 'https://mlflow.example', MLFLOW_TRACKING_TOKEN: 'secret' },
      ...{ MLFLOW_TRACKING_SERVER_CERT_PATH: '/here/ca.pem', https_proxy: 'http://proxy' },
      MLFLOW_REGISTRY_URI: 'http://127.0.0.1:5000',
    };
    const found = rayVariables(sources('', { client: { set, unset: [] } }), far);
    assert.deepEqual(found.leftOut, [
      ...['MLFLOW_TRACKING_SERVER_CERT_PATH', 'https_proxy', 'MLFLOW_REGISTRY_URI'],
    ]);
    assert.equal(found.set['MLFLOW_TRACKING_TOKEN'], 'secret');
    assert.ok(found.leftOut.every((name) => !(name in found.set)));
  });

  it('end what runs with SIGINT, unless the configuration has another way', () => {
    assert.equal(rayVariables(sources('https://x'), far).set['RAY_JOB_STOP_SIGNAL'], 'SIGINT');
    const configured = { RAY_JOB_STOP_SIGNAL: 'SIGTERM' };
    const { set } = rayVariables(sources('https://x', { configured }), far);
    assert.equal(set['RAY_JOB_STOP_SIGNAL'], 'SIGTERM');
  });

  it('travel together where Ray would change their values', () => {
    assert.equal(packVariables({ A: 'x' }).isPacked, false);
    const { variables, isPacked } = packVariables({ A: 'é$HOME', B: 'plain' });
    assert.equal(isPacked, true);
    assert.ok(Object.values(variables).every((value) => !value.includes('$')));
    assert.equal(variables['B'], 'plain');
  });
});
