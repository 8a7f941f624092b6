import type { SearchDialect, SearchTarget } from './searchDialect';

/** Attributes that a filter may name. */
export function filterAttributes({ target, version }: SearchDialect): readonly string[] {
  switch (target) {
    case 'runs':
      return [...runAttributes, 'created', 'Created', 'run name', 'Run name', 'Run Name'];
    case 'experiments':
      return [
        ...['name', 'creation_time', 'last_update_time'],
        ...(version === 3 ? ['experiment_id'] : []),
      ];
    case 'registeredModels':
      return ['name'];
    case 'modelVersions':
      return ['name', 'version_number', 'run_id', 'source_path'];
  }
}

/** Attributes that rows can be ordered by. */
export function orderAttributes({ target }: SearchDialect): readonly string[] {
  switch (target) {
    case 'runs':
      return [...runAttributes, 'created', 'Created'];
    case 'experiments':
      return ['name', 'experiment_id', 'creation_time', 'last_update_time'];
    case 'registeredModels':
      return ['name', 'creation_timestamp', 'last_updated_timestamp'];
    case 'modelVersions':
      return ['name', 'version_number', 'creation_timestamp', 'last_updated_timestamp'];
  }
}

/** Attributes that are numbers, and are compared as such. */
export const numericAttributes: Readonly<Record<SearchTarget, readonly string[]>> = {
  runs: ['start_time', 'end_time', 'created', 'Created'],
  experiments: ['creation_time', 'last_update_time'],
  registeredModels: ['creation_timestamp', 'last_updated_timestamp'],
  modelVersions: ['version_number', 'creation_timestamp', 'last_updated_timestamp'],
};

/** Attributes that can be compared with a list. */
export function listAttributes({ target, version }: SearchDialect): readonly string[] {
  if (version === 2) {
    return ['run_id'];
  }
  const all = {
    runs: ['run_id'],
    experiments: ['experiment_id'],
    registeredModels: ['name'],
    modelVersions: ['name', 'run_id'],
  } as const satisfies Record<SearchTarget, readonly string[]>;
  return all[target];
}

export const datasetAttributes = ['name', 'digest', 'context'];

const runAttributes = [
  ...['run_id', 'run_name', 'user_id', 'status', 'start_time', 'end_time', 'artifact_uri'],
];

/** MLflow takes these for others, wherever a run's key is: `metrics.created` is `metrics.start_time`. */
const runAliases: Readonly<Record<string, string>> = {
  created: 'start_time',
  Created: 'start_time',
  'run name': 'run_name',
  'Run name': 'run_name',
  'Run Name': 'run_name',
};

/** The key that MLflow looks for when this one is written. */
export function resolveAlias(key: string, { target }: SearchDialect): string {
  return target === 'runs' && Object.hasOwn(runAliases, key) ? (runAliases[key] ?? key) : key;
}
