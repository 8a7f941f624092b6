import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { SaidError } from '../host/explainError';
import { otherSchemaText } from '../host/otherSchemaText';
import { schemaCheck, schemaExitCode, schemasIn } from '../host/schemaCheck';
import { parseTrackingUri } from '../mlflow/trackingUri';
import type { CommandLine } from '../projects/launchContracts';

const limit = 10_000;

/**
 * Rejects, saying what to do, where the MLflow of a command would open a SQLite database of another release: it would change an
 * older one for good, and fail at a newer one.
 */
export async function checkDatabases(line: CommandLine, signal: AbortSignal): Promise<void> {
  for (const path of databasesOf(line)) {
    const schemas = schemasIn(await answerOf(line.program, path, signal));
    if (schemas !== undefined) {
      throw new SaidError(otherSchemaText(path, schemas));
    }
  }
}

/** MLflow's client looks for its store in its own folder where nothing names one. */
function databasesOf({ env, without = [], cwd }: CommandLine): ReadonlySet<string> {
  const valueOf = (name: string): string | undefined =>
    env[name] ?? (without.includes(name) ? undefined : process.env[name]);
  const tracking = valueOf('MLFLOW_TRACKING_URI');
  const registry = valueOf('MLFLOW_REGISTRY_URI');
  const paths = [tracking || `sqlite:///${join(cwd, 'mlflow.db')}`, registry ?? ''].flatMap(
    (uri) => {
      const parsed = uri === '' ? undefined : parseTrackingUri(uri);
      return parsed?.kind === 'sqlite' ? [resolve(cwd, parsed.path)] : [];
    },
  );
  return new Set(paths.filter(existsSync));
}

function answerOf(python: string, database: string, signal: AbortSignal): Promise<string> {
  const env = { ...process.env, MLFLOW_WORKBENCH_DATABASE: database };
  return new Promise((resolve) => {
    execFile(python, ['-c', schemaCheck], { env, timeout: limit, signal }, (error, stdout) =>
      resolve(error?.code === schemaExitCode ? stdout : ''),
    );
  });
}
