import assert from 'node:assert/strict';
import type { ProjectCommand } from '../../../src/projects/launchContracts';
import {
  commandLine,
  serveLine,
  shownCommand,
  type LaunchPlace,
} from '../../../src/terminal/commandLine';

const place: LaunchPlace = {
  python: '/envs/ml/bin/python',
  platform: 'posix',
  path: '/usr/bin:/bin',
  folder: '/work space',
  variables: {
    set: { MLFLOW_TRACKING_URI: 'https://ml.example', MLFLOW_TRACKING_TOKEN: 'hidden' },
    unset: ['MLFLOW_TRACKING_PASSWORD'],
  },
};

const command: ProjectCommand = {
  program: { kind: 'project', uri: '/data/iris', version: undefined, entryPoint: 'main' },
  parameters: [
    ['alpha', '0.1'],
    ['note', '-x $(id); "a\nb"'],
  ],
  experimentId: '7',
  runId: undefined,
  environmentManager: 'local',
  backend: undefined,
  extraArguments: [],
  environment: {},
};

describe('command lines', () => {
  it('hand every value to mlflow run in an argument of its own', () => {
    assert.deepEqual(commandLine(command, place).args, [
      ...['-m', 'mlflow', 'run', '--entry-point', 'main', '--experiment-id', '7'],
      ...['--env-manager', 'local', '-P', 'alpha=0.1', '-P', 'note=-x $(id); "a\nb"'],
      ...['--', '/data/iris'],
    ]);
  });

  it('name version, run, backend and further arguments', () => {
    const { args } = commandLine(
      {
        ...command,
        program: {
          kind: 'project',
          uri: 'https://git.example/p.git#sub',
          version: 'v1',
          entryPoint: 'train',
        },
        parameters: [],
        runId: 'abc',
        backend: { name: 'kubernetes', configFile: '/data/kube.json' },
        extraArguments: ['--storage-dir', '/tmp'],
      },
      place,
    );
    assert.deepEqual(args, [
      ...['-m', 'mlflow', 'run', '--entry-point', 'train', '--version', 'v1'],
      ...['--experiment-id', '7', '--run-id', 'abc', '--env-manager', 'local'],
      ...['--backend', 'kubernetes', '--backend-config', '/data/kube.json'],
      ...['--storage-dir', '/tmp', '--', 'https://git.example/p.git#sub'],
    ]);
  });

  it('keep addresses and secrets out of the arguments', () => {
    const line = commandLine(command, place);
    assert.equal(line.env['MLFLOW_TRACKING_TOKEN'], 'hidden');
    assert.doesNotMatch([line.program, ...line.args].join(' '), /hidden|ml\.example/);
    assert.doesNotMatch(shownCommand(line), /hidden|ml\.example/);
  });

  it('put the folder of the chosen Python first on PATH, and leave PATH alone for one that is on it', () => {
    assert.equal(commandLine(command, place).env['PATH'], '/envs/ml/bin:/usr/bin:/bin');
    assert.equal(commandLine(command, { ...place, python: 'python3' }).env['PATH'], undefined);
    const own = commandLine({ ...command, environment: { PATH: '/own' } }, place);
    assert.equal(own.env['PATH'], '/envs/ml/bin:/own');
  });

  it('put both folders of a Windows Python first', () => {
    const { env } = commandLine(command, {
      ...place,
      platform: 'windows',
      python: 'C:\\ml env\\python.exe',
      path: 'C:\\Windows',
    });
    assert.equal(env['PATH'], 'C:\\ml env;C:\\ml env\\Scripts;C:\\Windows');
  });

  it('start MLflow in the project, from where it resolves default paths', () => {
    const at = (uri: string, platform: LaunchPlace['platform'] = 'posix'): string =>
      commandLine(
        { ...command, program: { kind: 'project', uri, version: undefined, entryPoint: 'main' } },
        { ...place, platform },
      ).cwd;
    assert.equal(at('/data/iris'), '/data/iris');
    assert.equal(at('/data/all#iris'), '/data/all/iris');
    assert.equal(at('C:\\data\\iris', 'windows'), 'C:\\data\\iris');
    assert.equal(at('https://git.example/p.git#sub'), '/work space');
  });

  it('take away what contradicts the arguments, and what must not be sent', () => {
    const { without = [] } = commandLine(command, place);
    assert.ok(without.includes('MLFLOW_EXPERIMENT_NAME'));
    assert.ok(without.includes('MLFLOW_TRACKING_PASSWORD'));
    const free = commandLine({ ...command, experimentId: '' }, place);
    assert.deepEqual(free.without, ['MLFLOW_TRACKING_PASSWORD']);
  });

  it('let the server that was chosen count for more than variables of the settings', () => {
    const { env } = commandLine(
      { ...command, environment: { MLFLOW_TRACKING_URI: 'http://elsewhere', MY: '1' } },
      place,
    );
    assert.equal(env['MLFLOW_TRACKING_URI'], 'https://ml.example');
    assert.equal(env['MY'], '1');
  });

  it('give a plain script --name value, and its run by environment', () => {
    const line = commandLine(
      {
        ...command,
        program: { kind: 'script', file: '/data/train.py', folder: '/data' },
        parameters: [
          ['lr', '-0.1'],
          ['note', '-x'],
          ['tag', ''],
        ],
        runId: 'abc',
      },
      place,
    );
    assert.deepEqual(line.args, ['/data/train.py', '--lr', '-0.1', '--note=-x', '--tag', '']);
    assert.equal(line.cwd, '/data');
    assert.equal(line.env['MLFLOW_RUN_ID'], 'abc');
    assert.equal(line.env['MLFLOW_EXPERIMENT_ID'], '7');
    assert.ok(!line.without?.includes('MLFLOW_RUN_ID'));
  });

  it('serve a model where it is told to', () => {
    const line = serveLine(
      {
        modelUri: 'models:/m/1',
        host: '127.0.0.1',
        port: 5001,
        environmentManager: 'local',
        extraArguments: [],
        environment: {},
      },
      place,
    );
    assert.deepEqual(line.args, [
      ...['-m', 'mlflow', 'models', 'serve', '--model-uri', 'models:/m/1'],
      ...['--host', '127.0.0.1', '--port', '5001', '--env-manager', 'local'],
    ]);
  });

  it('show a command without anything that a terminal would obey', () => {
    const shown = shownCommand({
      program: '/usr/bin/python',
      args: ['-m', 'mlflow', 'run', '-P', "a=it's \x1b[2J\u202e", '--', '/x'],
      env: {},
      cwd: '/',
    });
    assert.equal(shown, `mlflow run -P 'a=it'\\''s \\u001b[2J\\u202e' -- /x`);
  });
});
