import type { Problem } from '../problem';

/** What can be wrong with a sweep file; codes stay the same over releases. An error keeps the sweep, or a run of it, from starting. */
export type SweepCode =
  /** The file is no mapping, or a key holds another kind of value than it must. */
  | 'sweep-shape'
  /** A key of the form that means nothing here. */
  | 'sweep-unknown-key'
  /** A list of values without any: there would be no run. */
  | 'sweep-no-values'
  /** The same value twice: the same run twice. */
  | 'sweep-duplicate-value'
  /** The same key twice: only the last one counts. */
  | 'sweep-duplicate-key'
  /** A value that YAML reads otherwise than it looks. */
  | 'sweep-reading'
  /** A number that is out of its bounds, or none. */
  | 'sweep-number'
  /** One of a few words was meant. */
  | 'sweep-choice'
  /** Bounds that do not go with each other, the distribution or the method. */
  | 'sweep-bounds'
  /** `bayes` without a metric. */
  | 'sweep-no-metric'
  /** A sweep that would go on for ever. */
  | 'sweep-endless'
  /** More runs than the setting takes for many. */
  | 'sweep-many-runs'
  /** Not a parameter of the entry point. */
  | 'sweep-unknown-parameter'
  /** A parameter without default that the sweep does not give. */
  | 'sweep-missing-parameter'
  /** A value that does not fit the parameter's type. */
  | 'sweep-type'
  /** The MLproject has no such entry point. */
  | 'sweep-unknown-entry-point';

export type SweepProblem = Problem<SweepCode>;
