import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileStore } from '../../src/stores/files/fileStore';

const longAgo = new Date(1_700_000_000_000);

/** A store of files made by hand, in a folder of its own. */
export class FileFixture {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'mlflow-files-'));
  readonly root = path.join(this.folder, 'mlruns');
  readonly lines: string[] = [];
  readonly store = new FileStore(this.root, (line) => this.lines.push(line));

  /** Writes a file of the store; `fresh` leaves its time as it is, others were written long ago. */
  write(file: string, text: string | Buffer, fresh?: 'fresh'): string {
    const target = path.join(this.root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    if (fresh === undefined) utimesSync(target, longAgo, longAgo);
    return target;
  }

  experiment(id: string, name: string, created = 1): void {
    this.write(
      `${id}/meta.yaml`,
      `artifact_location: file://${this.root}/${id}\ncreation_time: ${created}\nexperiment_id: '${id}'\n` +
        `last_update_time: 2\nlifecycle_stage: active\nname: ${name}\n`,
    );
  }

  /** A finished run with one of each: param `p`, metric `m`, tag `t`. */
  run(experiment: string, id: string, start = 1): void {
    this.write(`${experiment}/${id}/meta.yaml`, this.runMeta(experiment, id, start));
    this.write(`${experiment}/${id}/params/p`, '1');
    this.write(`${experiment}/${id}/metrics/m`, '5 0.5 0\n');
    this.write(`${experiment}/${id}/tags/t`, 'a');
  }

  runMeta(experiment: string, id: string, start = 1): string {
    return (
      `artifact_uri: file://${this.root}/${experiment}/${id}/artifacts\nend_time: 9\nentry_point_name: ''\n` +
      `experiment_id: '${experiment}'\nlifecycle_stage: active\nrun_id: ${id}\nrun_name: run ${id}\n` +
      `run_uuid: ${id}\nstart_time: ${start}\nstatus: 3\ntags: []\nuser_id: kim\n`
    );
  }

  remove(): void {
    this.store.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
