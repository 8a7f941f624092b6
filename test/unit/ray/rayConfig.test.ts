import assert from 'node:assert/strict';
import { isLoopback, rayAddress } from '../../../src/ray/jobs/rayAddress';
import { readRayConfig } from '../../../src/ray/jobs/rayConfig';
import { RayProblem } from '../../../src/ray/jobs/rayProblem';

function problemOf(text: string): string {
  try {
    readRayConfig(text);
  } catch (error) {
    assert.ok(error instanceof RayProblem);
    return `${error.kind} ${error.detail}`;
  }
  return 'none';
}

describe('the configuration for Ray', () => {
  it('asks for one CPU unless it asks for something else, so that runs spread and wait', () => {
    assert.deepEqual(readRayConfig('').resources, { entrypoint_num_cpus: 1 });
    assert.deepEqual(readRayConfig('{"entrypoint_num_gpus": 1}').resources, {
      entrypoint_num_gpus: 1,
    });
  });

  it('reads what Ray knows, wherever Ray has it', () => {
    const config = readRayConfig(
      JSON.stringify({
        ...{ address: 'https://ray.example:8265/x', python: '/opt/py/bin/python' },
        entrypoint_resources: { special: 0.5 },
        runtime_env: {
          ...{ working_dir: '../code', excludes: ['*.bin'], pip: ['scipy'] },
          env_vars: { A: 'b' },
        },
      }),
    );
    assert.equal(config.workingDir, '../code');
    assert.deepEqual(config.excludes, ['*.bin']);
    assert.deepEqual(config.variables, { A: 'b' });
    assert.deepEqual(config.runtimeEnv, { pip: ['scipy'] });
    assert.deepEqual(config.resources, { entrypoint_resources: { special: 0.5 } });
  });

  it('says what is wrong with it', () => {
    assert.match(problemOf('{'), /^noJson /);
    assert.match(problemOf('[]'), /^noJson /);
    assert.equal(problemOf('{"adress": "x"}'), 'unknownKey adress');
    assert.match(problemOf('{"entrypoint_num_cpus": "2"}'), /^wrongValue entrypoint_num_cpus/);
    assert.match(problemOf('{"entrypoint_num_cpus": -1}'), /^wrongValue/);
    assert.match(
      problemOf('{"runtime_env": {"env_vars": {"A": 1}}}'),
      /^wrongValue runtime_env.env/,
    );
    assert.match(problemOf('{"runtime_env": {"working_dir": 3}}'), /^wrongValue runtime_env.work/);
    assert.match(problemOf('{"excludes": "x"}'), /^wrongValue excludes/);
  });
});

describe('the address of a Ray cluster', () => {
  const of = (
    configured: string | undefined,
    environment: Record<string, string> = {},
    token?: string,
  ) => rayAddress(configured, environment, token);

  it('is the configured one, else what Ray itself would take', () => {
    const environment = {
      RAY_ADDRESS: 'http://general:1',
      RAY_API_SERVER_ADDRESS: 'http://api:2/',
    };
    assert.equal(of('http://mine:3', environment).url, 'http://mine:3');
    assert.equal(of(undefined, environment).url, 'http://api:2');
    assert.equal(of(undefined, { RAY_ADDRESS: 'http://general:1' }).url, 'http://general:1');
    assert.equal(of(undefined, { RAY_ADDRESS: 'ray://head:10001' }).url, 'http://127.0.0.1:8265');
    assert.equal(of('https://gate/ray/').url, 'https://gate/ray');
  });

  it('keeps user name and password out of what is shown', () => {
    const { url, authorization } = of('http://kim:s%40fe@gate:1');
    assert.equal(url, 'http://gate:1');
    assert.equal(authorization, `Basic ${btoa('kim:s@fe')}`);
    const { authorization: korean } = of('http://kim:비밀@gate:1');
    assert.equal(korean, `Basic ${Buffer.from('kim:비밀').toString('base64')}`);
    assert.equal(of('http://gate', {}, 'token').authorization, 'Bearer token');
  });

  it('is refused where it reaches no Jobs API', () => {
    for (const odd of [
      'ray://head:10001',
      'auto',
      'head:6379',
      'http://',
      '',
      'http://a:%zz@gate',
    ]) {
      assert.throws(() => of(odd), RayProblem, odd);
    }
  });

  it('is told apart from this machine', () => {
    assert.ok(
      ['http://localhost:1', 'http://127.0.0.1', 'http://127.3.2.1', 'http://[::1]:5'].every(
        isLoopback,
      ),
    );
    assert.ok(!['http://10.0.0.1', 'http://localhost.example', 'x'].some(isLoopback));
  });
});
