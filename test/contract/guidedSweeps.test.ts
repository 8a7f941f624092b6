import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type MlflowServer, startMlflow } from '../../scripts/mlflowServer.mts';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { childrenOf } from '../../src/mlflow/filterText';
import type { Run } from '../../src/mlflow/model';
import { guidedCombination, OptunaMissing } from '../../src/projects/guidedSearch';
import { readSweepText } from '../../src/projects/plan/readSweepText';
import { SweepPlan } from '../../src/projects/plan/sweepPlan';
import type { SeenChild } from '../../src/projects/schedule/seenSweep';
import { type RunningSweep, wholePlan } from '../../src/projects/sweepContracts';
import { endedTag, tagOf } from '../../src/projects/sweepTags';
import { Sweeps } from '../../src/projects/sweeps';
import { RestStore } from '../../src/stores/rest/restStore';
import { hastyClock, requestOf, sweepHost } from '../support/sweepMachine';

const never = new AbortController().signal;
const metric = { name: 'loss', goal: 'minimize', target: undefined } as const;

const planOf = (text: string): SweepPlan => {
  const { sweep, errors } = readSweepText(text);
  assert.ok(sweep, errors.join());
  return new SweepPlan(sweep, 7, wholePlan);
};

const guided = planOf(`method: bayes
run_cap: 40
metric: {name: loss, goal: minimize}
parameters:
  rate: {min: 0.0001, max: 1, distribution: log_uniform_values}
  depth: {min: 1, max: 32}
  kind: {values: [linear, "0.10"]}
`);

/** Its least value lies at a rate of 0.01, a depth of 8 and the kind 0.10. */
const lossOf = (values: ReadonlyMap<string, string>): number =>
  (Math.log10(Number(values.get('rate'))) + 2) ** 2 +
  ((Number(values.get('depth')) - 8) / 8) ** 2 +
  (values.get('kind') === '0.10' ? 0 : 1);

const triedAt = (number: number, values: readonly (readonly [string, string])[]): SeenChild => ({
  ...{ runId: `r${number}`, number, attempt: 0, status: 'FINISHED', ended: undefined },
  ...{ startTime: 0, endTime: 1, value: lossOf(new Map(values)) },
  params: values.map(([key, value]) => ({ key, value })),
});

describe('a guided search by Optuna', function () {
  this.timeout(120_000);

  it('gets nearer to the best values with each run', async () => {
    const python = await ensurePython('demo');
    const children: SeenChild[] = [];
    for (let number = 0; number < 16; number++) {
      const known = { children, goingOn: [] };
      const values = await guidedCombination(python, guided, number, metric, known, never);
      const [rate, depth, kind] = values.map(([, text]) => text);
      assert.ok(Number(rate) >= 0.0001 && Number(rate) <= 1, rate);
      assert.ok(/^\d+$/.test(depth ?? '') && Number(depth) >= 1 && Number(depth) <= 32, depth);
      assert.ok(kind === 'linear' || kind === '0.10', kind);
      children.push(triedAt(number, values));
    }
    const losses = children.map(({ value = NaN }) => value);
    const [early, late] = [losses.slice(0, 8), losses.slice(8)].map((some) =>
      some.toSorted((a, b) => a - b),
    ) as [number[], number[]];
    assert.ok(Math.min(...late) < Math.min(...early) / 4, losses.join(' '));
    assert.ok((late[4] ?? NaN) < (early[4] ?? NaN), losses.join(' '));
  });

  it('says what to install where Optuna is missing', async () => {
    const python = await ensurePython('mlflow2');
    const asked = guidedCombination(
      python,
      guided,
      0,
      metric,
      { children: [], goingOn: [] },
      never,
    );
    await assert.rejects(asked, (error) => {
      assert.ok(error instanceof OptunaMissing);
      assert.equal(
        error.message,
        `\`method: bayes\` needs Optuna, which ${python} does not have. Install it: ${python} -m pip install optuna`,
      );
      return true;
    });
  });
});

/** Logs its metric without MLflow's client, which takes seconds to load. */
const script = `import json, os, sys, time, urllib.request
given = dict(zip(sys.argv[1::2], sys.argv[2::2]))
alpha, steps = float(given["--alpha"]), int(given.get("--steps", "1"))
for step in range(steps):
    point = {"run_id": os.environ["MLFLOW_RUN_ID"], "key": "loss", "value": (alpha - 0.25) ** 2, "step": step, "timestamp": 1}
    asked = urllib.request.Request(
        os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow/runs/log-metric",
        json.dumps(point).encode(),
        {"Content-Type": "application/json"},
    )
    urllib.request.urlopen(asked).read()
    time.sleep(0.2 if steps > 1 else 0)
`;

describe('a sweep that looks at what its runs log', function () {
  this.timeout(180_000);
  let directory: string;
  let python: string;
  let server: MlflowServer;
  let store: RestStore;

  before(async () => {
    python = await ensurePython('demo');
    directory = await mkdtemp(path.join(tmpdir(), 'mlflow-guided-'));
    await writeFile(path.join(directory, 'train.py'), script);
    server = await startMlflow({ python, directory: path.join(directory, 'server') });
    store = new RestStore(server.url, () => undefined);
  });
  after(async () => {
    store.dispose();
    await server.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  });

  async function carriedOut(
    text: string,
    parallelism: number,
  ): Promise<[RunningSweep['progress'], readonly Run[]]> {
    const program = { kind: 'script', file: 'train.py', folder: directory } as const;
    const lines: string[] = [];
    const host = sweepHost(store, { uri: server.url, python, claimant: 'window' }, lines);
    const request = requestOf(text, program, '0', parallelism);
    const run = await new Sweeps(hastyClock(15)).launch(request, host, never);
    const progress = await run.ended;
    assert.equal(progress.trouble, undefined, lines.join('\n'));
    const filter = childrenOf(run.parentRunId);
    const query = { experimentIds: ['0'], filter, view: 'active', maxResults: 100 } as const;
    return [progress, (await store.searchRuns(query, never)).items];
  }

  it('chooses no values twice and no more than its cap, with two runs at once', async () => {
    const text = `method: bayes
run_cap: 4
metric: {name: loss, goal: minimize}
parameters:
  alpha: {min: 0.0, max: 1.0}
`;
    const [{ state, done, best }, children] = await carriedOut(text, 2);
    assert.deepEqual([state, done, children.length], ['finished', 4, 4]);
    const values = children.map(({ params }) => params[0]?.value);
    assert.equal(new Set(values).size, 4, values.join());
    const losses = values.map((value) => (Number(value) - 0.25) ** 2);
    assert.ok(Math.abs((best?.value ?? NaN) - Math.min(...losses)) < 1e-9);
  });

  it('ends runs that are behind the others', async () => {
    const text = `method: grid
metric: {name: loss, goal: minimize}
early_terminate: {type: hyperband, min_iter: 4, eta: 2}
parameters:
  alpha: {values: [0.25, 0.3, 0.9, 1.0]}
  steps: {value: 24}
`;
    const [{ state, done, endedEarly }, children] = await carriedOut(text, 4);
    assert.deepEqual([state, done + endedEarly], ['finished', 4]);
    const alphas = children
      .filter((run) => tagOf(run, endedTag) === 'early')
      .map(({ params }) => params.find(({ key }) => key === 'alpha')?.value);
    assert.ok(alphas.includes('0.9') && alphas.includes('1.0') && !alphas.includes('0.25'));
    assert.ok(
      children.every((run) => run.status === (tagOf(run, endedTag) ? 'KILLED' : 'FINISHED')),
    );
  });

  it('ends once its target is reached', async () => {
    const text = `method: grid
metric: {name: loss, goal: minimize, target: 0.01}
parameters:
  alpha: {values: [1.0, 0.25, 0.5, 0.75]}
`;
    const [{ state, done }, children] = await carriedOut(text, 1);
    assert.deepEqual([state, done, children.length], ['finished', 2, 2]);
  });
});
