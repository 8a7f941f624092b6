import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type { RayJob } from '../src/ray/jobs/rayJob.ts';
import type { RayJobs, RayLaunch } from '../src/ray/jobs/rayJobs.ts';
import { startRayCluster } from '../test/support/rayCluster.mts';
import { bundleSources } from './bundleSources.mts';
import { median } from './median.mts';

/*
 * What submitting a run of a sweep to Ray costs beyond the bare call of its Jobs API, on a real cluster of two nodes, and whether both
 * run them. The project's folder has a hundred files, and is there after the first run.
 */

const rounds = 11;
const never = new AbortController().signal;
const tracking = { MLFLOW_TRACKING_URI: 'http://127.0.0.1:1' };

const folder = await mkdtemp(path.join(os.tmpdir(), 'bench-ray-'));
const project = await mkdtemp(path.join(os.tmpdir(), 'bench-ray-project-'));
const { exported } = await bundleSources<{ jobs: RayJobs }>(
  folder,
  () => `
    import { RayJobs } from './src/ray/jobs/rayJobs';
    export const jobs = new RayJobs({});`,
);
for (let number = 0; number < 100; number += 1) {
  await writeFile(path.join(project, `part${number}.py`), '#'.repeat(10_000));
}
const cluster = await startRayCluster();
const nodes = new Set<string>();
const agent = new http.Agent({ keepAlive: true });

const submitBare = (id: string, seconds: string): Promise<void> => {
  const body = JSON.stringify({
    ...{ entrypoint: `exec sleep ${seconds}`, submission_id: id, entrypoint_num_cpus: 1 },
    runtime_env: { env_vars: tracking },
  });
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const asked = http.request(`${cluster.url}/api/jobs/`, { method: 'POST', headers, agent });
    asked.on('error', reject);
    asked.on('response', (response) => response.resume().on('end', resolve));
    asked.end(body);
  });
};

const submitOurs = async (id: string, seconds: string): Promise<RayJob> => {
  const config = { address: cluster.url, python: 'sleep' };
  const command: RayLaunch['command'] = {
    program: { kind: 'script', file: seconds, folder: project },
    environmentManager: 'local',
    ...{ parameters: [], runId: id, experimentId: '1', extraArguments: [], environment: {} },
    backend: { name: 'ray', configFile: JSON.stringify(config) },
  };
  const launch = { command, about: { id, groupId: 'bench' }, client: { set: tracking, unset: [] } };
  const listener = {
    onLog: () => undefined,
    onState: (state: { readonly nodeId: string | undefined } | undefined) => {
      if (state?.nodeId !== undefined) nodes.add(state.nodeId);
    },
  };
  return (await exported.jobs.start(launch, listener, never)).job;
};

const print = (what: string, figure: number): void => {
  process.stdout.write(`${what.padEnd(40)} ${figure.toFixed(1)} ms\n`);
};

try {
  const bare: number[] = [];
  const ours: number[] = [];
  // The first round wakes the cluster, and brings the folder there.
  for (let round = 0; round <= rounds; round += 1) {
    const began = performance.now();
    await submitBare(`bare${round}`, '0');
    const between = performance.now();
    const job = await submitOurs(`run${round}`, '0');
    const end = performance.now();
    await job.ended;
    if (round === 0) continue;
    bare.push(between - began);
    ours.push(end - between);
  }
  print('the bare call, p50', median(bare));
  print('a run of a sweep, p50', median(ours));
  print('our share, p50, at most 100 ms', median(ours) - median(bare));
  const last = ['a', 'b', 'c'].map((id) => submitOurs(id, '3'));
  await Promise.all(last.map(async (job) => (await job).ended));
  process.stdout.write(`nodes that ran them, 2 of 2: ${nodes.size}\n`);
} finally {
  exported.jobs.dispose();
  agent.destroy();
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
  await rm(project, { recursive: true, force: true });
}
