import path from 'node:path';
import { type MlflowServer, startMlflow } from '../scripts/mlflowServer.mts';
import { root } from '../scripts/paths.mts';
import { ensurePython } from '../scripts/pythonEnvironment.mts';
import { runCommand } from '../scripts/runCommand.mts';

/** One experiment of `compareSeed.py`: runs with one metric each. */
export interface Comparison {
  readonly what: string;
  readonly experimentId: string;
  readonly key: string;
  readonly runIds: readonly string[];
  /** How many points each run has; the last step is one less. */
  readonly points: number;
}

const runIds = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => letter + index.toString(16).padStart(31, '0'));

export const comparisons = {
  ten: {
    what: '10 x 100,000 points',
    experimentId: '1',
    key: 'loss',
    runIds: runIds('a', 10),
    points: 100_000,
  },
  million: {
    what: '1,000,000 points',
    experimentId: '2',
    key: 'signal',
    runIds: runIds('b', 1),
    points: 1_000_000,
  },
  hundred: {
    what: '100 x 10,000 points',
    experimentId: '3',
    key: 'score',
    runIds: runIds('c', 100),
    points: 10_000,
  },
} as const satisfies Record<string, Comparison>;

/** A server on MLflow's newest tested release over a database with all of them; takes a minute to make. */
export async function startWithSeries(folder: string): Promise<MlflowServer> {
  const python = await ensurePython('demo');
  const script = path.join(root, 'bench', 'compareSeed.py');
  await runCommand(python, [script, path.join(folder, 'mlflow.db')]);
  return startMlflow({ python, directory: folder });
}
