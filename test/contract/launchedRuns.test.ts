import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { findRun } from '../../src/launching/findRun';
import { clientVariables } from '../../src/mlflow/clientVariables';
import type { Run } from '../../src/mlflow/model';
import { tagValue } from '../../src/mlflow/runFacts';
import { parseTrackingUri } from '../../src/mlflow/trackingUri';
import type { LaunchProgram, NamedText, ProjectCommand } from '../../src/projects/launchContracts';
import { openStore } from '../../src/stores/openStore';
import { commandLine } from '../../src/terminal/commandLine';
import { Handover } from '../../src/terminal/handover';
import { randomValues } from '../support/randomValues';

/** The version of an interpreter, to the last number. */
async function versionOf(python: string): Promise<string> {
  const ask = 'import platform; print(platform.python_version())';
  const { stdout } = await promisify(execFile)(python, ['-c', ask]);
  return stdout.trim();
}

const never = new AbortController().signal;
const ignore = (): void => undefined;

/** Writes down its arguments; as `stay` it goes on until it is ended, whatever it is told. */
const script = `import os, signal, subprocess, sys, time
with open("out.part", "wb") as out:
    for value in sys.argv[1:]:
        out.write(os.fsencode(value) + b"\\0")
os.rename("out.part", "out")
if sys.argv[1] == "stay":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)
`;
const project = `entry_points:
  main:
    parameters: {what: {type: string, default: end}}
    command: "python echo.py {what}"
`;

for (const version of ['mlflow2', 'demo'] as const) {
  describe(`runs that are launched with ${version === 'demo' ? 'MLflow 3' : 'MLflow 2'}`, function () {
    this.timeout(300_000);

    let folder: string;
    const folders: string[] = [];
    let uri: string;
    let keeper: ChildProcess | undefined;
    let handover: Handover | undefined;

    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'launched '));
      await mkdir(path.join(folder, 'echo'));
      await writeFile(path.join(folder, 'echo', 'MLproject'), project);
      await writeFile(path.join(folder, 'echo', 'echo.py'), script);
      uri = `sqlite:///${path.join(folder, 'mlflow.db')}`;
    });

    afterEach(async () => {
      handover?.dispose();
      keeper?.kill('SIGKILL');
      for (const each of [folder, ...folders.splice(0)])
        await rm(each, { recursive: true, force: true, maxRetries: 3 });
    });

    async function launch(
      parameters: readonly NamedText[],
      more: Partial<ProjectCommand & Extract<LaunchProgram, { kind: 'project' }>> = {},
    ): Promise<Handover> {
      const python = await ensurePython(version);
      const { environmentManager = 'local', environment = {}, ...rest } = more;
      const line = commandLine(
        {
          program: {
            kind: 'project',
            ...{ uri: path.join(folder, 'echo'), version: undefined, entryPoint: 'main' },
            ...rest,
          },
          ...{ parameters, experimentId: '0', runId: undefined, backend: undefined },
          ...{ environmentManager, extraArguments: [], environment },
        },
        {
          ...{ python, platform: 'posix', path: process.env['PATH'] ?? '', folder },
          variables: clientVariables({
            ...{ tracking: parseTrackingUri(uri), registry: undefined },
            ...{ transport: {}, signIn: undefined, files: {} },
          }),
        },
      );
      handover = await Handover.open(line, { tied: true, patience: [3, 1, 20] });
      const { start } = handover;
      keeper = spawn(start.program, [...start.args], {
        cwd: start.cwd,
        env: { ...process.env, MLFLOW_EXPERIMENT_NAME: 'elsewhere', ...start.env },
        stdio: 'ignore',
      });
      return handover;
    }

    async function found(
      parameters: readonly NamedText[],
      since: number,
      entryPoint = 'main',
    ): Promise<Run> {
      const store = openStore({ uri }, ignore);
      try {
        const sought = { experimentId: '0', since, entryPoint, parameters };
        const found = await findRun(store, sought, new Set(), true, never);
        assert.ok(found, 'no run was found');
        return found.run;
      } finally {
        store.dispose();
      }
    }

    it('give a hundred odd values to the script as they are, and are found with all of them', async () => {
      const since = Date.now();
      // MLflow logs a hundred params at once, and no more.
      const values = randomValues(99, version === 'demo' ? 3 : 2);
      const parameters = values.map((value, index) => [`p${index}`, value] as const);
      const { code } = await (await launch(parameters)).ended;
      assert.equal(code, 0);
      const out = await readFile(path.join(folder, 'echo', 'out'), 'utf8');
      const expected = parameters.flatMap(([name, value]) => [`--${name}`, value]);
      assert.deepEqual(out.split('\0').slice(1, -1), expected);
      const run = await found(parameters, since);
      assert.equal(run.status, 'FINISHED');
    });

    // Each start of MLflow takes seconds, and both releases do the same here.
    const once = version === 'demo' ? it : ignore;

    once('fail where the command is not there, and where no environment can be made', async () => {
      const since = Date.now();
      await writeFile(
        path.join(folder, 'echo', 'MLproject'),
        'entry_points: {main: {command: no-such-command-here}}',
      );
      assert.equal((await (await launch([])).ended).code, 1);
      assert.equal((await found([], since)).status, 'FAILED');
      const { code } = await (await launch([], { environmentManager: 'conda' })).ended;
      assert.notEqual(code, 0);
    });

    once('run in an environment that uv has made of what the project names', async () => {
      const found = await versionOf(await ensurePython(version));
      await writeFile(
        path.join(folder, 'echo', 'MLproject'),
        'python_env: env.yaml\nentry_points: {main: {command: "python where.py"}}\n',
      );
      await writeFile(
        path.join(folder, 'echo', 'env.yaml'),
        `python: "${found}"\ndependencies: []\n`,
      );
      await writeFile(
        path.join(folder, 'echo', 'where.py'),
        'import sys; open("out", "w").write(sys.prefix)',
      );
      const bin = path.dirname(await ensurePython('servers'));
      // MLflow hands this path to a shell as it is.
      const environments = await mkdtemp(path.join(tmpdir(), 'environments-'));
      folders.push(environments);
      const { code } = await (
        await launch([], {
          environmentManager: 'uv',
          environment: {
            MLFLOW_ENV_ROOT: environments,
            PATH: `${process.env['PATH'] ?? ''}:${bin}`,
          },
        })
      ).ended;
      assert.equal(code, 0);
      const prefix = await readFile(path.join(folder, 'echo', 'out'), 'utf8');
      assert.ok(prefix.startsWith(environments), prefix);
    });

    once(
      'come from a folder of a Git repository at a version, and from none that it does not have',
      async () => {
        const since = Date.now();
        const clone = path.join(folder, 'clone');
        await mkdir(clone);
        await rename(path.join(folder, 'echo'), path.join(clone, 'sub'));
        const git = async (...args: readonly string[]): Promise<string> => {
          const { stdout } = await promisify(execFile)('git', [
            ...['-C', clone, '-c', 'user.name=a', '-c', 'user.email=a@example.org'],
            ...args,
          ]);
          return stdout.trim();
        };
        await git('init', '-q');
        await git('add', '.');
        await git('commit', '-q', '-m', 'one');
        await git('tag', 'v1');
        const commit = await git('rev-parse', 'HEAD');
        await git('rm', '-q', '-r', 'sub');
        await git('commit', '-q', '-m', 'two');
        const bare = path.join(folder, 'p.git');
        await git('clone', '-q', '--bare', '.', bare);
        const source = `file://${bare.replaceAll(' ', '%20')}#sub`;
        const { code } = await (await launch([], { uri: source, version: 'v1' })).ended;
        assert.equal(code, 0);
        const run = await found([], since);
        assert.equal(run.status, 'FINISHED');
        assert.equal(tagValue(run.tags, 'mlflow.source.git.commit'), commit);
        assert.equal(tagValue(run.tags, 'mlflow.source.name'), source);
        const none = await (await launch([], { uri: source, version: 'v9' })).ended;
        assert.equal(none.code, 1);
      },
    );

    it('are found and ended, though the script ignores every signal', async () => {
      const since = Date.now();
      const launched = await launch([['what', 'stay']]);
      for (;;) {
        const isThere = await access(path.join(folder, 'echo', 'out')).then(
          () => true,
          () => false,
        );
        if (isThere) break;
        await delay(50);
      }
      const parameters = [['what', 'stay']] as const;
      assert.equal((await found(parameters, since)).status, 'RUNNING');
      launched.interrupt();
      const { code } = await launched.ended;
      assert.notEqual(code, 0);
      assert.equal((await found(parameters, since)).status, 'FAILED');
    });
  });
}
