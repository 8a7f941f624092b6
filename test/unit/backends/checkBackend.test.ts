import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BackendPlace, checkBackend } from '../../../src/backends/checkBackend';

describe('a look at a backend', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'backend '));
    await writeFile(path.join(folder, 'MLproject'), 'name: x\ndocker_env:\n  image: y\n');
    await writeFile(path.join(folder, 'job.yaml'), 'kind: Job\n');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function look(
    name: string,
    config: string | object | undefined,
    more: Partial<BackendPlace> = {},
  ): Promise<string> {
    const configFile = typeof config === 'object' ? JSON.stringify(config) : config;
    const place = { folder, trackingUri: 'https://mlflow.example', isSweep: false, ...more };
    const found = await checkBackend({ name, configFile }, place);
    return found === undefined ? 'fine' : `${found.kind} ${found.detail}`.trim();
  }

  const job = { 'kube-job-template-path': 'job.yaml', 'repository-uri': 'registry.example/x' };

  it('finds what Kubernetes lacks', async () => {
    assert.equal(await look('kubernetes', job), 'fine');
    assert.equal(await look('kubernetes', undefined), 'noConfig');
    assert.equal(await look('kubernetes', '{'), `noJson ${parseError('{')}`);
    assert.equal(await look('kubernetes', '[]'), 'noJson not an object');
    assert.equal(await look('kubernetes', {}), 'missingKey kube-job-template-path');
    assert.equal(
      await look('kubernetes', { ...job, 'repository-uri': '' }),
      'missingKey repository-uri',
    );
    const elsewhere = { ...job, 'kube-job-template-path': 'gone.yaml' };
    assert.equal(
      await look('kubernetes', elsewhere),
      `noTemplate ${path.join(folder, 'gone.yaml')}`,
    );
    assert.equal(await look('kubernetes', elsewhere, { folder: undefined }), 'fine');
    await writeFile(path.join(folder, 'MLproject'), 'name: x\n# docker_env: none\n');
    assert.equal(await look('kubernetes', job), 'noDocker');
  });

  it('finds what Databricks lacks', async () => {
    const cluster = { spark_version: '15', node_type_id: 'x', num_workers: 1 };
    assert.equal(await look('databricks', cluster), 'fine');
    assert.equal(await look('databricks', { new_cluster: cluster }), 'fine');
    assert.equal(await look('databricks', { existing_cluster_id: 'x' }), 'existingCluster');
    assert.equal(await look('databricks', { new_cluster: {} }), 'missingKey spark_version');
    const uri = 'sqlite:////x.db';
    assert.equal(await look('databricks', cluster, { trackingUri: uri }), `storeHere ${uri}`);
  });

  it('reads a file, and wants its name to be one that MLflow reads', async () => {
    const file = path.join(folder, 'config.json');
    await writeFile(file, JSON.stringify(job));
    assert.equal(await look('kubernetes', file), 'fine');
    assert.match(await look('kubernetes', path.join(folder, 'gone.json')), /^noJson ENOENT/);
    const odd = path.join(folder, 'config.txt');
    assert.equal(await look('kubernetes', odd), `notJsonName ${odd}`);
  });

  it('lets plugins pass with any JSON object, and local and ray with anything', async () => {
    assert.equal(await look('slurm', undefined), 'fine');
    assert.equal(await look('slurm', { partition: 'x' }), 'fine');
    assert.match(await look('slurm', 'x'), /^noJson/);
    assert.equal(await look('local', '{'), 'fine');
    assert.equal(await look('ray', undefined, { isSweep: true }), 'fine');
  });

  it('keeps sweeps from backends where MLflow makes runs of its own', async () => {
    assert.equal(await look('kubernetes', job, { isSweep: true }), 'noSweep');
    assert.equal(await look('slurm', undefined, { isSweep: true }), 'noSweep');
  });
});

function parseError(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
