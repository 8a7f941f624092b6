import { pickConfig } from '../backends/pickBackend';
import type { LaunchBackend } from '../projects/launchContracts';
import type { Memory } from '../state/memory';

/** What a sweep begins with: the file's backend with the configuration that it had last, or what was chosen last. */
export function chosenBackend(
  named: string | undefined,
  last: LaunchBackend | undefined,
  memory: Memory,
): LaunchBackend | undefined {
  if (named === undefined || named === last?.name) {
    return last;
  }
  return named === 'local'
    ? undefined
    : { name: named, configFile: remembered(named, memory)?.file };
}

/** For the sweep of this parent run, or for those that are yet to be begun. */
export async function rememberBackend(
  backend: LaunchBackend | undefined,
  memory: Memory,
  parentRunId?: string,
): Promise<void> {
  if (backend !== undefined) {
    await memory.update(keyOf(backend.name, parentRunId), { file: backend.configFile });
  }
}

/**
 * What a sweep goes on with: only the name was kept with it, and another sweep may have been on another cluster. Resolves to nothing
 * when the question was left.
 */
export async function resumedBackend(
  named: string | undefined,
  memory: Memory,
  parentRunId: string,
): Promise<{ readonly backend: LaunchBackend | undefined } | undefined> {
  if (named === undefined || named === 'local') {
    return { backend: undefined };
  }
  const config =
    remembered(named, memory, parentRunId) ?? (await pickConfig(named, named === 'ray', undefined));
  return config && { backend: { name: named, configFile: config.file } };
}

/** What the runs of a sweep were started on by this machine, without a question; undefined where this machine does not know. */
export function knownBackend(
  named: string | undefined,
  memory: Memory,
  parentRunId: string,
): LaunchBackend | undefined {
  const config = named === undefined ? undefined : remembered(named, memory, parentRunId);
  return named === undefined || config === undefined
    ? undefined
    : { name: named, configFile: config.file };
}

interface Config {
  readonly file: string | undefined;
}

function remembered(name: string, memory: Memory, parentRunId?: string): Config | undefined {
  return memory.get(keyOf(name, parentRunId)) as Config | undefined;
}

function keyOf(name: string, parentRunId: string | undefined): string {
  return `mlflow.backend:${name}${parentRunId === undefined ? '' : `:${parentRunId}`}`;
}
