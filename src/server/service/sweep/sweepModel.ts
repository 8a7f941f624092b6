import type { Span } from '../yaml/yamlTree';

/** A sweep: one entry point, run many times with other values. */
export interface Sweep {
  /** `grid`: every key is a parameter, every value a list. `form`: keys such as `method` and `parameters`. */
  readonly shape: 'grid' | 'form';
  readonly method: SweepMethod;
  readonly parameters: readonly SweepParameter[];
  /** What the sweep is called. */
  readonly name: string | undefined;
  /** The most runs there may be. */
  readonly runCap: number | undefined;
  readonly seed: number | undefined;
  /** Runs at once. */
  readonly parallelism: number | undefined;
  /** A backend of `mlflow run`. */
  readonly backend: string | undefined;
  readonly metric: SweepMetricKey | undefined;
  readonly earlyTerminate: EarlyTerminate | undefined;
  readonly entryPoint: SweepValue | undefined;
  /** The script to run where there is no MLproject. */
  readonly program: SweepValue | undefined;
  /** Where to speak of the sweep as a whole. */
  readonly head: Span;
}

/** The metric that says which run is the best one. */
export interface SweepMetricKey {
  readonly name: string;
  readonly goal: 'minimize' | 'maximize';
  /** The sweep ends once a run has reached it. */
  readonly target: number | undefined;
}

/** When runs are ended that are behind the others: Hyperband, whose looks are at steps. */
export interface EarlyTerminate {
  readonly minIter: number | undefined;
  readonly maxIter: number | undefined;
  readonly s: number | undefined;
  readonly eta: number | undefined;
  readonly strict: boolean;
}

export type SweepMethod = 'grid' | 'random' | 'bayes';

export interface SweepParameter {
  readonly name: string;
  /** Without quotes. */
  readonly nameSpan: Span;
  readonly valueSpan: Span;
  readonly domain: SweepDomain;
}

/** The values that a parameter takes. */
export type SweepDomain =
  | {
      readonly kind: 'values';
      readonly values: readonly SweepValue[];
      /** One for each value, where they are not all as likely. */
      readonly probabilities?: readonly number[] | undefined;
    }
  | {
      readonly kind: 'range';
      readonly min: number;
      readonly max: number;
      readonly distribution: string;
      /** What values are rounded to a multiple of. */
      readonly step: number | undefined;
    }
  /** Has no bounds, such as a normal distribution. */
  | {
      readonly kind: 'open';
      readonly distribution: string;
      /** The middle, and how far values stray from it. */
      readonly mu: number;
      readonly sigma: number;
      /** What values are rounded to a multiple of. */
      readonly step: number | undefined;
    }
  /** Not said, or not in a way that makes sense. */
  | { readonly kind: 'unknown' };

/** One scalar as it is written: `mlflow run` is given this text, whatever YAML would read. */
export interface SweepValue {
  readonly text: string;
  readonly span: Span;
  readonly isPlain: boolean;
}
