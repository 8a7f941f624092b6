import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RayJobState } from '../../../src/ray/jobs/rayClient';
import type { RayJob } from '../../../src/ray/jobs/rayJob';
import { RayJobs } from '../../../src/ray/jobs/rayJobs';
import { RayProblem } from '../../../src/ray/jobs/rayProblem';
import {
  type RayStub,
  serverFarewell,
  serverFrame,
  startRayStub,
  type StubJob,
} from '../../support/rayStub';
import { readZip } from '../../package/zipFile';

const never = new AbortController().signal;
const approve = (address: string): Promise<void> =>
  Promise.reject(new Error(`${address} was not approved`));
const client = { set: { MLFLOW_TRACKING_URI: 'https://mlflow.example' }, unset: [] };

describe('jobs of a Ray cluster', () => {
  let stub: RayStub;
  let folder: string;
  let jobs: RayJobs;
  let printed: string;
  let states: (RayJobState | undefined)[];

  beforeEach(async () => {
    stub = await startRayStub();
    folder = await mkdtemp(path.join(tmpdir(), 'ray jobs '));
    await writeFile(path.join(folder, 'train.py'), 'print(1)');
    jobs = new RayJobs(approve, {}, { look: 5, gone: 300, drain: 15_000 });
    [printed, states] = ['', []];
  });

  afterEach(async () => {
    jobs.dispose();
    await stub.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(id = 'r1', groupId?: string): Promise<RayJob> {
    const listener = {
      onLog: (text: string) => (printed += text),
      onState: (state: RayJobState | undefined) => states.push(state),
    };
    const backend = { name: 'ray', configFile: JSON.stringify({ address: stub.url }) };
    const command = {
      ...{ program: { kind: 'script', file: 'train.py', folder } as const, parameters: [] },
      ...{ experimentId: '1', runId: id, environmentManager: 'local' as const, backend },
      ...{ extraArguments: [], environment: {} },
    };
    const about = { id, groupId };
    return (await jobs.start({ command, about, client }, listener, never)).job;
  }

  const job = (id = 'mlflow-r1'): StubJob => {
    const found = stub.jobs.get(id);
    assert.ok(found, `there is no job ${id}`);
    return found;
  };
  const asked = (what: string): number => stub.asked.filter((one) => one === what).length;
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await nextTurn();
  };

  it('are known by their run and end with their code', async () => {
    const started = await start();
    Object.assign(job(), { status: 'FAILED', error_type: 'JOB_ENTRYPOINT_COMMAND_ERROR' });
    job().driver_exit_code = 3;
    assert.deepEqual(await started.ended, { code: 3 });
    assert.equal(started.id, 'mlflow-r1');
  });

  for (const [errorType, exitCode, code] of [
    ['JOB_ENTRYPOINT_COMMAND_ERROR', -9, 137],
    ['RUNTIME_ENV_SETUP_FAILURE', undefined, 1],
    ['JOB_SUPERVISOR_ACTOR_DIED', undefined, undefined],
    ['JOB_SUPERVISOR_ACTOR_UNKNOWN_FAILURE', undefined, undefined],
  ] as const) {
    it(`end with ${code ?? 'no code'} after ${errorType}`, async () => {
      const started = await start();
      Object.assign(job(), { error_type: errorType, driver_exit_code: exitCode, status: 'FAILED' });
      assert.equal((await started.ended).code, code);
    });
  }

  it('are submitted once, though the answer is lost', async () => {
    stub.intercept = (request, response, body) => {
      if (request.method !== 'POST' || request.url !== '/api/jobs/') return false;
      const { submission_id } = JSON.parse(body.toString()) as Record<string, string>;
      stub.jobs.set(submission_id ?? '', { status: 'PENDING', logs: '', request: {} });
      response.destroy();
      return true;
    };
    await start();
    assert.equal(asked('POST /api/jobs/'), 1);
  });

  it('are submitted again where the request itself was lost', async () => {
    let isFirst = true;
    stub.intercept = (request, response) => {
      if (request.method !== 'POST' || !isFirst) return false;
      isFirst = false;
      response.destroy();
      return true;
    };
    await start();
    assert.equal(stub.jobs.size, 1);
  });

  it('wait in the queue again where Ray lost its patience with them', async () => {
    const started = await start();
    Object.assign(job(), { status: 'FAILED', error_type: 'JOB_SUPERVISOR_ACTOR_START_TIMEOUT' });
    await until(() => stub.jobs.has('mlflow-r1-2'));
    job('mlflow-r1-2').status = 'SUCCEEDED';
    assert.deepEqual(await started.ended, { code: 0 });
  });

  it('are lost where somebody stopped them, or a new cluster knows none', async () => {
    const one = await start('r1');
    const other = await start('r2');
    job().status = 'STOPPED';
    stub.jobs.delete('mlflow-r2');
    assert.deepEqual(await one.ended, { code: undefined, wasAsked: false });
    assert.deepEqual(await other.ended, { code: undefined, wasAsked: false });
  });

  const breakOff: RayStub['intercept'] = (_, response) => {
    response.destroy();
    return true;
  };
  const failing: RayStub['intercept'] = (_, response) => {
    response.writeHead(500).end('busy');
    return true;
  };

  it('of a group live through a cluster that is away for a while, and are lost after too long', async () => {
    const started = await start('r1', 'g');
    let failures = 0;
    stub.intercept = (...asking) => (failures++ < 3 ? breakOff(...asking) : false);
    await until(() => failures > 4);
    assert.ok(states.includes(undefined));
    stub.intercept = breakOff;
    assert.deepEqual(await started.ended, { code: undefined, isLost: true });
    stub.intercept = () => false;
    job().status = 'RUNNING';
    await start('r2', 'g');
    assert.equal(job().status, 'STOPPED', 'nobody stopped what had been given up');
  });

  it('live through answers that make no sense', async () => {
    const started = await start('r1', 'g');
    let failures = 0;
    const odd = [401, 403, 404, 500];
    stub.intercept = (_, response) => {
      const status = odd[failures++];
      if (status === undefined) return false;
      response.writeHead(status).end('odd');
      return true;
    };
    await until(() => failures > odd.length);
    job().status = 'SUCCEEDED';
    assert.deepEqual(await started.ended, { code: 0 });
  });

  it('alone are waited for without end', async () => {
    const started = await start();
    let failures = 0;
    const since = performance.now();
    stub.intercept = (...asking) => {
      failures += 1;
      return failing(...asking);
    };
    await until(() => failures > 10 && performance.now() - since > 400);
    stub.intercept = () => false;
    job().status = 'SUCCEEDED';
    assert.deepEqual(await started.ended, { code: 0 });
  });

  it('that could not be told to end are told later, when they are asked twice', async () => {
    const started = await start();
    job().status = 'RUNNING';
    stub.intercept = breakOff;
    void started.interrupt();
    await started.interrupt();
    assert.deepEqual(await started.ended, { code: undefined, isLost: true, wasAsked: true });
    stub.intercept = (request, response) =>
      request.url === '/api/jobs/mlflow-r1/stop' && breakOff(request, response, Buffer.alloc(0));
    await start('r2');
    assert.equal(job().status, 'RUNNING');
    stub.intercept = () => false;
    await start('r3');
    assert.equal(job().status, 'STOPPED');
  });

  it('end when they are asked, also in the queue', async () => {
    const running = await start('r1');
    job().status = 'RUNNING';
    await running.interrupt();
    assert.deepEqual(await running.ended, { code: undefined, wasAsked: true });
    const waiting = await start('r2');
    await waiting.interrupt();
    assert.equal(asked('POST /api/jobs/mlflow-r2/stop'), 1);
  });

  it('are ended for a claimant that is dead, each that took the place of another', async () => {
    const backend = { name: 'ray', configFile: JSON.stringify({ address: stub.url }) };
    const request = {};
    stub.jobs.set('mlflow-r1', { status: 'FAILED', logs: '', request });
    stub.jobs.set('mlflow-r1-2', { status: 'RUNNING', logs: '', request });
    await jobs.endLost('r1', backend, never);
    await jobs.endLost('unknown', backend, never);
    assert.equal(job('mlflow-r1-2').status, 'STOPPED');
  });

  it('print each line once, though the stream breaks off and begins anew', async () => {
    let times = 0;
    stub.tail = (_, socket) => {
      times += 1;
      const whole = times > 1;
      socket.write(serverFrame('one\ntwo\n'));
      if (whole)
        socket.write(Buffer.concat([serverFrame('thr'), serverFrame('ee\n'), serverFarewell]));
      else socket.destroy();
    };
    const started = await start();
    Object.assign(job(), { status: 'RUNNING', driver_node_id: 'n' });
    await until(() => printed.includes('two'));
    job().status = 'SUCCEEDED';
    await started.ended;
    await started.drained;
    assert.equal(printed, 'one\ntwo\nthree\n');
  }).timeout(10_000);

  it('print what they have to where there is no stream', async () => {
    const started = await start();
    Object.assign(job(), { status: 'SUCCEEDED', driver_node_id: 'n', logs: 'all of it\n' });
    await started.ended;
    await started.drained;
    assert.equal(printed, 'all of it\n');
  }).timeout(20_000);

  it('are not waited for where their stream hangs after their end', async () => {
    jobs.dispose();
    jobs = new RayJobs(approve, {}, { look: 5, gone: 300, drain: 50 });
    stub.tail = (_, socket) => socket.write(serverFrame('epoch 1\n'));
    const started = await start();
    Object.assign(job(), { status: 'RUNNING', driver_node_id: 'n' });
    await until(() => printed !== '');
    job().status = 'SUCCEEDED';
    await started.ended;
    await started.drained;
    started.dispose();
  });

  it('of a group get the folder as it was, sent once, without what is left out', async () => {
    await writeFile(path.join(folder, '.gitignore'), '*.bin\n');
    await writeFile(path.join(folder, 'large.bin'), 'x');
    await mkdir(path.join(folder, 'sub'));
    await writeFile(path.join(folder, 'sub', '.rayignore'), 'no\n');
    await writeFile(path.join(folder, 'sub', 'no'), '');
    await writeFile(path.join(folder, 'sub', 'yés'), 'é');
    await Promise.all([start('r1', 'g'), start('r2', 'g'), start('r3', 'other')]);
    await writeFile(path.join(folder, 'train.py'), 'print(2)');
    await start('r4', 'g');
    assert.equal(stub.packages.size, 1);
    const [[name = '', bytes = Buffer.alloc(0)] = []] = stub.packages;
    assert.equal(asked(`PUT /api/packages/gcs/${name}`), 1);
    const env = job('mlflow-r4').request['runtime_env'] as Record<string, string>;
    assert.equal(env['working_dir'], `gcs://${name}`);
    const file = path.join(folder, 'package.zip');
    await writeFile(file, bytes);
    const files = readZip(file);
    assert.deepEqual([...files.keys()], ['.gitignore', 'sub/.rayignore', 'sub/yés', 'train.py']);
    assert.equal(files.get('train.py')?.toString(), 'print(1)');
  });

  it('go to no far cluster that a configuration names before it was approved', async () => {
    const far = 'http://ray.invalid:8265';
    const open = async (address: string | undefined, configured: string | undefined) => {
      const environment = { RAY_ADDRESS: address, RAY_AUTH_TOKEN: 'secret' };
      const others = new RayJobs(approve, environment, { look: 5, gone: 300, drain: 15_000 });
      const configFile = JSON.stringify({ address: configured });
      const error: unknown = await others
        .endLost('r1', { name: 'ray', configFile }, never)
        .catch((problem: unknown) => problem);
      others.dispose();
      return String(error);
    };
    assert.match(await open(undefined, far), /was not approved/);
    assert.match(await open(far, undefined), /unreachable/);
    assert.match(await open(far, stub.url), /undefined/);
  });

  it('are refused with what the cluster says', async () => {
    const refusal = async (status: number, text: string): Promise<string> => {
      stub.intercept = (request, response) => {
        if (request.method !== 'POST') return false;
        response.writeHead(status).end(text);
        return true;
      };
      const error: unknown = await start().catch((problem: unknown) => problem);
      assert.ok(error instanceof RayProblem);
      return `${error.kind}: ${error.detail}`;
    };
    assert.equal(
      await refusal(400, 'Traceback\n  File x\nTypeError: no\n.\n'),
      'rejected: TypeError: no',
    );
    assert.match(await refusal(401, 'no token'), /^unauthorized/);
    assert.match(await refusal(405, 'POST'), /^noCluster/);
    stub.intercept = (_, response) => {
      response.writeHead(200).end('<html>');
      return true;
    };
    await stub.close();
    const error: unknown = await start().catch((problem: unknown) => problem);
    assert.ok(error instanceof RayProblem && error.kind === 'unreachable');
  });
});
