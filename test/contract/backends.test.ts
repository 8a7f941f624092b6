import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { runCommand } from '../../scripts/runCommand.mts';
import { checkBackend } from '../../src/backends/checkBackend';

/** What MLflow itself says of configurations before it connects to anything. */
const oracle = `import json, sys
from mlflow.projects import _parse_kubernetes_config, databricks
said = []
for name, config, uri in json.loads(sys.argv[1]):
    try:
        if name == "kubernetes":
            _parse_kubernetes_config(config)
        else:
            databricks.before_run_validations(uri, config)
        said.append(None)
    except Exception as error:
        said.append(f"{type(error).__name__}: {error}")
print(json.dumps(said))
`;

const server = 'https://mlflow.example';
const job = { 'kube-job-template-path': 'job.yaml', 'repository-uri': 'registry.example/x' };
const cluster = { spark_version: '15', num_workers: 1 };
const cases = [
  ['kubernetes', job, server],
  ['kubernetes', { ...job, 'kube-context': 'c' }, server],
  ['kubernetes', { 'repository-uri': 'x' }, server],
  ['kubernetes', { 'kube-job-template-path': 'job.yaml' }, server],
  ['kubernetes', { ...job, 'kube-job-template-path': 'gone.yaml' }, server],
  ['databricks', cluster, server],
  ['databricks', { new_cluster: cluster }, 'databricks://profile'],
  ['databricks', { existing_cluster_id: 'x' }, server],
  ['databricks', cluster, 'sqlite:////data/mlflow.db'],
] as const;

describe('backends of mlflow run', function () {
  this.timeout(120_000);

  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'backends '));
    await writeFile(path.join(folder, 'MLproject'), 'docker_env:\n  image: x\n');
    await writeFile(path.join(folder, 'job.yaml'), 'kind: Job\n');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are refused where MLflow refuses them, and nowhere else', async () => {
    const python = await ensurePython('demo');
    const printed = await runCommand(python, ['-c', oracle, JSON.stringify(cases)], {
      cwd: folder,
    });
    const said = JSON.parse(printed.split('\n').at(-1) ?? '') as (string | null)[];
    for (const [index, [name, config, trackingUri]] of cases.entries()) {
      const backend = { name, configFile: JSON.stringify(config) };
      const problem = await checkBackend(backend, { folder, trackingUri, isSweep: false });
      assert.equal(problem !== undefined, said[index] !== null, `${name} ${said[index]}`);
    }
  });
});
