import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { Sweeps } from '../../src/projects/sweeps';
import { RestStore } from '../../src/stores/rest/restStore';
import { requestOf, sweepHost } from '../support/sweepMachine';

const never = new AbortController().signal;

const project = `entry_points:
  main:
    parameters: {alpha: float, name: {type: string, default: x}}
    command: "true {alpha} {name}"
`;
/** Texts that are other ones once they were read as numbers or by a shell. */
const alphas = ['0.10', '1e-3'];
const allNames = ['a b', '$(id)', '-é'];

/** What MLflow's own client says of a sweep. */
const oracle = `
import json, sys
import mlflow
from mlflow import MlflowClient
mlflow.set_tracking_uri(sys.argv[1])
client = MlflowClient()
parent = client.get_run(sys.argv[2])
found = client.search_runs([parent.info.experiment_id], f"tags.mlflow.parentRunId = '{sys.argv[2]}'")
print(json.dumps({
    "parent": parent.info.status,
    "file": open(client.download_artifacts(sys.argv[2], "sweep/config.yaml", sys.argv[3])).read(),
    "children": [
        {"status": run.info.status, "params": run.data.params, "tags": run.data.tags, "ended": run.info.end_time is not None}
        for run in found
    ],
}))
`;

interface Told {
  readonly parent: string;
  readonly file: string;
  readonly children: readonly {
    readonly status: string;
    readonly params: Readonly<Record<string, string>>;
    readonly tags: Readonly<Record<string, string>>;
    readonly ended: boolean;
  }[];
}

for (const [version, environment, names] of [
  ['3.17.2', 'demo', allNames],
  ['2.22.5', 'mlflow2', allNames.slice(1)],
] as const) {
  describe(`a sweep that MLflow ${version} carries out`, function () {
    this.timeout(300_000);
    let directory: string;
    let python: string;
    let server: MlflowServer;
    let store: RestStore;

    before(async () => {
      python = await ensurePython(environment);
      directory = await mkdtemp(path.join(tmpdir(), 'mlflow-sweeps-'));
      server = await startMlflow({ python, directory: path.join(directory, 'server') });
      store = new RestStore(server.url, () => undefined);
    });
    after(async () => {
      store.dispose();
      await server.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    });

    it('has one finished run of each combination, with the params and tags that MLflow leaves out', async () => {
      const uri = path.join(directory, 'the project');
      await mkdir(uri);
      await writeFile(path.join(uri, 'MLproject'), project);
      const git = (...args: string[]): string =>
        execFileSync('git', ['-C', uri, ...args], { encoding: 'utf8' }).trim();
      git('init', '--quiet');
      git('add', '.');
      git('-c', 'user.name=kim', '-c', 'user.email=kim@localhost', 'commit', '--quiet', '-m', 'a');
      const program = { kind: 'project', uri, version: undefined, entryPoint: 'main' } as const;
      const sweep = `alpha: [${alphas.join(', ')}]\nname: ${JSON.stringify(names)}\n`;
      const expectedParams = alphas.flatMap((alpha) => names.map((name) => ({ alpha, name })));
      const lines: string[] = [];
      const host = sweepHost(store, { uri: server.url, python, claimant: 'window' }, lines);
      const run = await new Sweeps().launch(requestOf(sweep, program, '0', 2), host, never);
      const { state, done, trouble } = await run.ended;
      assert.deepEqual(
        [state, done, trouble],
        ['finished', expectedParams.length, undefined],
        lines.join('\n'),
      );
      const asked = ['-c', oracle, server.url, run.parentRunId, directory];
      const answer = await runCommand(python, asked, { cwd: directory });
      const told = JSON.parse(answer.trim().split('\n').at(-1) ?? '') as Told;
      assert.deepEqual([told.parent, told.file], ['FINISHED', sweep]);
      const byNumber = told.children.toSorted(
        (a, b) =>
          Number(a.tags['mlflowWorkbench.combination']) -
          Number(b.tags['mlflowWorkbench.combination']),
      );
      assert.deepEqual(
        byNumber.map(({ params }) => params),
        expectedParams,
      );
      const expected = {
        'mlflow.parentRunId': run.parentRunId,
        'mlflow.user': 'kim',
        'mlflow.source.type': 'PROJECT',
        'mlflow.source.name': uri,
        'mlflow.source.git.commit': git('rev-parse', 'HEAD'),
        'mlflow.project.entryPoint': 'main',
        'mlflow.project.env': 'local',
        'mlflow.project.backend': 'local',
        'mlflowWorkbench.attempt': '0',
      };
      for (const { status, tags, ended } of byNumber) {
        assert.deepEqual([status, ended], ['FINISHED', true]);
        const found = Object.keys(expected).map((key) => [key, tags[key]]);
        assert.deepEqual(Object.fromEntries(found), expected);
      }
    });
  });
}
