import type { Experiment, ModelVersion, RegisteredModel, Run } from '../model';

/** What can be searched, and the rows that a search for it judges. */
export interface RowOf {
  readonly runs: Run;
  readonly experiments: Experiment;
  readonly registeredModels: RegisteredModel;
  readonly modelVersions: ModelVersion;
}
export type SearchTarget = keyof RowOf;

/**
 * Which of MLflow's filter languages is spoken. It depends on what is searched, on MLflow's major
 * version (2 as of 2.22, 3 as of 3.17), and on the kind of store, since databases and folders judge
 * a few things in ways of their own: `matchesFilter` and `orderComparator` say which.
 */
export interface SearchDialect<Target extends SearchTarget = SearchTarget> {
  readonly target: Target;
  readonly version: 2 | 3;
  readonly store: 'sql' | 'files';
}
