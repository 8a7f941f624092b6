import { newestFirst, type RunOrder } from '../mlflow/runOrder';

/** Which runs of an experiment are shown, and how; what a person chose. */
export interface RunSelection {
  /** As typed: MLflow's language, or text that the name contains; empty for all. */
  readonly filter: string;
  /** Only runs that started within the last so many milliseconds; `undefined` for all. */
  readonly createdWithin: number | undefined;
  readonly order: RunOrder;
}

export const everyRun: RunSelection = { filter: '', createdWithin: undefined, order: newestFirst };
