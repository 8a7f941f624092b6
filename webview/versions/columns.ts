import type { ComparedRun } from '../../src/protocol/comparePage';
import type { ComparedVersion } from '../../src/protocol/versionsPage';
import { lastResult } from '../kit/lastResult';
import { runLooks } from '../kit/runLooks';

/**
 * Versions as the columns of tables that know runs. What a version itself, its run and its signature are known by differs, and
 * so does what a column lacks because it was not read.
 */
export const runColumns = lastResult((versions: readonly ComparedVersion[]) =>
  versions.map(({ run }) => run),
);

/** With what the registry says of the versions themselves. */
export const factColumns = lastResult((versions: readonly ComparedVersion[]) =>
  versions.map(({ run, standing, problem, attributes, tags }): ComparedRun => ({
    ...withoutValues(run),
    ...{ standing, problem, attributes, tags },
  })),
);

/** With the fields of signatures as params. */
export const signatureColumns = lastResult((versions: readonly ComparedVersion[]) =>
  versions.map(({ run, signature: { standing, problem, fields } }): ComparedRun => ({
    ...withoutValues(run),
    ...{ standing, problem, params: fields },
  })),
);

export const looksOf = lastResult((versions: readonly ComparedVersion[]) =>
  runLooks(versions.map(({ key, run: { color } }) => ({ key, color }))),
);

function withoutValues(run: ComparedRun): ComparedRun {
  const none = {
    keys: new Uint32Array(),
    values: new Float64Array(),
    steps: new Float64Array(),
    timestamps: new Float64Array(),
  };
  // These are no run that could be missing.
  return { ...run, runId: run.key, params: [], tags: [], attributes: [], metrics: none };
}
