import { mkdirSync, openSync, closeSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';

const t0 = 1_700_000_000_000;
const longAgo = new Date(t0);

export const counts = { runs: 1_000, curves: 100, points: 10_000, long: 1_000_000 };
export const curveRuns: readonly string[] = Array.from({ length: counts.curves }, (_, index) =>
  runId('c', index),
);
export const longRun = runId('d', 0);

function runId(kind: string, index: number): string {
  return kind + index.toString(16).padStart(31, '0');
}

/**
 * Fills `root` as MLflow's file store does: experiment 1 has 1,000 runs of 43 files (20 params, 20 metrics, 2 tags),
 * experiment 2 has 100 runs of one metric of 10,000 points, experiment 3 one of 1,000,000.
 */
export function seedFiles(root: string): void {
  for (const id of ['1', '2', '3']) {
    const meta = `artifact_location: /nowhere\ncreation_time: ${t0}\nexperiment_id: '${id}'\nlast_update_time: ${t0}\nlifecycle_stage: active\nname: e${id}\n`;
    put(path.join(root, id), 'meta.yaml', meta);
  }
  const twenty = Array.from({ length: 20 }, (_, index) => index);
  for (let index = 0; index < counts.runs; index++) {
    const folder = run(root, '1', runId('a', index), index);
    for (const nth of twenty) {
      put(path.join(folder, 'params'), `param_${nth}`, String(nth * index));
      put(path.join(folder, 'metrics'), `metric_${nth}`, `${t0} ${Math.sin(index + nth)} 0\n`);
    }
    put(path.join(folder, 'tags'), 'mlflow.runName', `run ${index}`);
    put(path.join(folder, 'tags'), 'mlflow.source.name', 'train.py');
  }
  curveRuns.forEach((id, index) => {
    series(run(root, '2', id, index), counts.points);
  });
  series(run(root, '3', longRun, 0), counts.long);
}

function run(root: string, experiment: string, id: string, index: number): string {
  const folder = path.join(root, experiment, id);
  const meta =
    `artifact_uri: /nowhere/${id}/artifacts\nend_time: ${t0 + index + 9}\nentry_point_name: ''\n` +
    `experiment_id: '${experiment}'\nlifecycle_stage: active\nrun_id: ${id}\nrun_name: run ${index}\nrun_uuid: ${id}\n` +
    `source_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: ${t0 + index}\nstatus: 3\ntags: []\nuser_id: ada\n`;
  put(folder, 'meta.yaml', meta);
  for (const inside of ['metrics', 'params', 'tags', 'artifacts']) {
    mkdirSync(path.join(folder, inside));
  }
  return folder;
}

function series(folder: string, points: number): void {
  const file = openSync(path.join(folder, 'metrics', 'loss'), 'w');
  for (let start = 0; start < points; start += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, at) => {
      const step = start + at;
      return `${t0 + step} ${Math.exp(-step / 1e5) + Math.sin(step) / 10} ${step}\n`;
    });
    writeSync(file, lines.join(''));
  }
  closeSync(file);
}

/** Long ago, as the files of finished runs are. */
function put(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, text);
  utimesSync(file, longAgo, longAgo);
}
