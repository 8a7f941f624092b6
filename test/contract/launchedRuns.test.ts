import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { findRun } from '../../src/launching/findRun';
import { clientVariables } from '../../src/mlflow/clientVariables';
import type { Run } from '../../src/mlflow/model';
import { parseTrackingUri } from '../../src/mlflow/trackingUri';
import type { NamedText } from '../../src/projects/launchContracts';
import { openStore } from '../../src/stores/openStore';
import { commandLine } from '../../src/terminal/commandLine';
import { Handover } from '../../src/terminal/handover';
import { randomValues } from '../support/randomValues';

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
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    });

    async function launch(parameters: readonly NamedText[]): Promise<Handover> {
      const python = await ensurePython(version);
      const line = commandLine(
        {
          program: {
            kind: 'project',
            uri: path.join(folder, 'echo'),
            version: undefined,
            entryPoint: 'main',
          },
          ...{ parameters, experimentId: '0', runId: undefined, backend: undefined },
          ...{ environmentManager: 'local', extraArguments: [], environment: {} },
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

    async function found(parameters: readonly NamedText[], since: number): Promise<Run> {
      const store = openStore({ uri }, ignore);
      try {
        const sought = { experimentId: '0', since, entryPoint: 'main', parameters };
        const run = await findRun(store, sought, new Set(), true, never);
        assert.ok(run, 'no run was found');
        return run;
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
