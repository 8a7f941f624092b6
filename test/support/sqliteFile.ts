import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/** The tables of MLflow that are read, as bare as SQLite allows. */
const tables = {
  alembic_version: 'version_num',
  experiments:
    'experiment_id INTEGER PRIMARY KEY, name, artifact_location, lifecycle_stage, creation_time, last_update_time',
  experiment_tags: 'key, value, experiment_id',
  runs: 'run_uuid PRIMARY KEY, name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id',
  params: 'key, value, run_uuid',
  tags: 'key, value, run_uuid',
  metrics: 'key, value, timestamp, step, is_nan, run_uuid',
  latest_metrics: 'key, value, timestamp, step, is_nan, run_uuid',
  datasets:
    'dataset_uuid, name, digest, dataset_source_type, dataset_source, dataset_schema, dataset_profile',
  inputs: 'input_uuid, source_type, source_id, destination_type, destination_id',
  input_tags: 'input_uuid, name, value',
  registered_models: 'name, creation_time, last_updated_time, description',
  registered_model_tags: 'name, key, value',
  registered_model_aliases: 'name, alias, version',
  model_versions:
    'name, version, creation_time, last_updated_time, description, user_id, current_stage, source, run_id, status, status_message',
  model_version_tags: 'name, version, key, value',
};

/** Makes a database as MLflow 2.22 does, with the experiment 1 in it, and leaves it open for writing. */
export function makeDatabase(file: string, journalMode: 'delete' | 'wal' = 'delete'): DatabaseSync {
  // A URL, since SQLite may take a path for one.
  const db = new DatabaseSync(pathToFileURL(file));
  db.exec(`PRAGMA journal_mode = ${journalMode}; PRAGMA synchronous = OFF`);
  for (const [table, columns] of Object.entries(tables)) {
    db.exec(`CREATE TABLE ${table} (${columns})`);
  }
  for (const table of ['params', 'tags', 'metrics', 'latest_metrics']) {
    db.exec(`CREATE INDEX index_${table}_run_uuid ON ${table} (run_uuid)`);
  }
  db.exec(`INSERT INTO alembic_version VALUES ('0584bdc529eb');
    INSERT INTO experiments VALUES (1, 'one', '/nowhere', 'active', 1, 1)`);
  return db;
}

/** Adds `count` runs to the experiment 1, whose ids begin with `prefix`. */
export function addRuns(db: DatabaseSync, count: number, prefix = 'run'): void {
  const insert = db.prepare(
    `INSERT INTO runs VALUES (?, 'name', 'me', 'FINISHED', ?, 2, 'active', '/nowhere', 1)`,
  );
  for (let index = 0; index < count; index++) {
    insert.run(`${prefix}${index}`, index);
  }
}
