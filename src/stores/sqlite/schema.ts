import { MlflowError } from '../../mlflow/errors';
import { needsServer } from '../local/refusals';
import { noDatabase } from './databaseFile';
import type { Rows } from './rows';

/** What a database can hold, by the version of MLflow that made its tables. */
export interface Schema {
  /** Alembic's id of the newest migration. */
  readonly head: string;
  /** Whose language filters are read in. */
  readonly version: 2 | 3;
  readonly loggedModels: boolean;
  /** A run's outputs have steps. */
  readonly outputSteps: boolean;
  /** Registry tables tell workspaces apart. */
  readonly workspaces: boolean;
  /** Points can be read by step with an index. */
  readonly pointsByStep: boolean;
}

/** Migrations before MLflow 2.4, which a database goes through while it is made, and none at all. */
const heads1 = [
  '',
  ...`451aebb31d03 90e64c465722 181f10493468 df50e92ffc5e 7ac759974ad8 89d4b8295536 2b4d017a5e9b cfd24bdc0731
  0a8213491aaa 728d730b5ebd 27a6a02d2cf1 84291f40a231 a8c4a736bde6 39d1c3be5f05 c48cb773bb87 bd07f7e963c5 0c779009ac13
  cc1f77228345 97727af70f4d 3500859a5d39`.split(/\s+/),
];
/** Migrations of MLflow 2.4 to 2.22, oldest first; before them there are no datasets. */
const heads2 = `7f2a7d5fae7d 2d6e25af4d3e acf3f17fdcc7 867495a8f9d4 5b0e9adcef9c 4465047574b1 f5a4f2784254 0584bdc529eb`;
/** Migrations of MLflow 3.0 to 3.17, and the last one of 3.18. */
const heads3 = `400f98739977 6953534de441 bda7b8c39065 cbc13b556ace 770bee3ae1dd a1b2c3d4e5f6 de4033877273
  1a0cddfcaa16 534353b11cbc 71994744cf8e 3da73c924c2f bf29a5ff90ea 1bd49d398cd23 b7c8d9e0f1a2 5d2d30f0abce c9d4e5f6a7b8
  2c33131f4dae d3e4f5a6b7c8 d0e1f2a3b4c5 c8d9e0f1a2b3 1b5f0d9ad7c1 e1f2a3b4c5d6 76601a5f987d c3d6457b6d8a a5b4c3d2e1f0
  ae8bbe7743c9 7d34483879f0 da6fb0208061 89d3d66ed43f b7e4c1a90f23 a8b9c0d1e2f3 c1d2e3f4a5b6 c3d9e7f1a2b4 6f8d9c3b2a1e
  1971f2d9a75b 17e22815139b b7e2c1a4d9f3 75868b020152 dc11669786a5 f4a9b2c7d1e6`;

/** Alembic's ids of the schemas that are read, by the major version of MLflow. */
export const knownHeads: ReadonlyMap<string, 2 | 3> = new Map([
  ...heads2.split(/\s+/).map((head) => [head, 2] as const),
  ...heads3.split(/\s+/).map((head) => [head, 3] as const),
]);

/** The columns that are read, by table. */
const columns2: Readonly<Record<string, string>> = {
  experiments:
    'experiment_id name artifact_location lifecycle_stage creation_time last_update_time',
  experiment_tags: 'key value experiment_id',
  runs: 'run_uuid name user_id status start_time end_time lifecycle_stage artifact_uri experiment_id',
  params: 'key value run_uuid',
  tags: 'key value run_uuid',
  metrics: 'key value timestamp step is_nan run_uuid',
  latest_metrics: 'key value timestamp step is_nan run_uuid',
  datasets:
    'dataset_uuid name digest dataset_source_type dataset_source dataset_schema dataset_profile',
  inputs: 'input_uuid source_type source_id destination_type destination_id',
  input_tags: 'input_uuid name value',
  registered_models: 'name creation_time last_updated_time description',
  registered_model_tags: 'name key value',
  registered_model_aliases: 'name alias version',
  model_versions:
    'name version creation_time last_updated_time description user_id current_stage source run_id status status_message',
  model_version_tags: 'name version key value',
};
const columns3: Readonly<Record<string, string>> = {
  logged_models:
    'model_id experiment_id name artifact_location creation_timestamp_ms last_updated_timestamp_ms status lifecycle_stage model_type source_run_id',
  logged_model_tags: 'model_id tag_key tag_value',
  logged_model_params: 'model_id param_key param_value',
  logged_model_metrics: 'model_id metric_name metric_timestamp_ms metric_step metric_value',
};

/** Columns that rows are looked up by in such numbers that it takes an index. */
const indexed: Readonly<Record<string, string>> = {
  runs: 'run_uuid',
  params: 'run_uuid',
  tags: 'run_uuid',
  metrics: 'run_uuid',
  latest_metrics: 'run_uuid',
};

/**
 * Looks at the tables of a database.
 *
 * @param isFresh whether it was written to just now: MLflow goes through all its migrations to make one
 * @throws `unsupported` (`feature`) where the tables are not those of a version that is known, `malformed`
 *   (`shape`) where they are not MLflow's at all, `unreachable` (`busy`) where they are being made
 */
export function readSchema(db: Rows, isFresh: boolean): Schema {
  const objects = new Set(
    db
      .rows(
        `SELECT type, name FROM sqlite_schema WHERE type = 'index' OR (type = 'table' AND rootpage > 0)`,
      )
      .map(([type, name]) => `${String(type)} ${String(name)}`),
  );
  const head = objects.has('table alembic_version') ? headOf(db) : '';
  const version = knownHeads.get(head);
  try {
    if (version === undefined) {
      throw unknownSchema(head, objects);
    }
    checkTables(db, objects, version === 3 ? { ...columns2, ...columns3 } : columns2);
  } catch (error) {
    const isBeingMade = isFresh && (version !== undefined || heads1.includes(head));
    throw isBeingMade ? beingMade() : error;
  }
  const workspaces = columnsOf(db, 'registered_models').has('workspace');
  if (workspaces) {
    checkWorkspaces(db);
  }
  return {
    head,
    version,
    loggedModels: version === 3,
    outputSteps: columnsOf(db, 'inputs').has('step'),
    workspaces,
    pointsByStep: indexColumns(db, 'metrics').has('run_uuid key step'),
  };
}

function headOf(db: Rows): string {
  const heads = db.rows('SELECT version_num FROM alembic_version LIMIT 2');
  return heads
    .map(([head]) => String(head))
    .join(' ')
    .slice(0, 100);
}

function unknownSchema(head: string, objects: ReadonlySet<string>): MlflowError {
  return objects.has('table experiments') && objects.has('table runs')
    ? needsServer(
        `the schema of the database (${head}) is of a version of MLflow that is not known`,
      )
    : noDatabase('the database holds no tables of MLflow');
}

function beingMade(): MlflowError {
  return new MlflowError('unreachable', 'busy', {
    serverMessage: 'MLflow is making the tables of the database',
  });
}

function checkTables(db: Rows, objects: ReadonlySet<string>, tables: typeof columns2): void {
  for (const [table, columns] of Object.entries(tables)) {
    const present = columnsOf(db, table);
    const absent = columns.split(' ').find((column) => !present.has(column));
    const key = indexed[table];
    const isIndexed =
      key === undefined || [...indexColumns(db, table)].some((columns) => columns.startsWith(key));
    if (!objects.has(`table ${table}`) || absent !== undefined || !isIndexed) {
      throw needsServer(`the table ${table} of the database is not as MLflow makes it`);
    }
  }
}

function columnsOf(db: Rows, table: string): ReadonlySet<string> {
  return new Set(
    db.rows('SELECT name FROM pragma_table_info(?)', table).map(([name]) => String(name)),
  );
}

/** The columns of each index that has all rows, as `run_uuid key`. */
function indexColumns(db: Rows, table: string): ReadonlySet<string> {
  const rows = db.rows(
    `SELECT list.name, info.name FROM pragma_index_list(?) AS list, pragma_index_info(list.name) AS info
      WHERE list.partial = 0 ORDER BY list.name, info.seqno`,
    table,
  );
  const columns = new Map<unknown, string>();
  for (const [index, column] of rows) {
    const before = columns.get(index);
    columns.set(index, before === undefined ? String(column) : `${before} ${String(column)}`);
  }
  return new Set(columns.values());
}

/** MLflow without workspaces does not open such a database either. */
function checkWorkspaces(db: Rows): void {
  if (db.rows(`SELECT 1 FROM experiments WHERE workspace <> 'default' LIMIT 1`).length > 0) {
    throw needsServer('the database has workspaces, which are read through an MLflow server');
  }
}
