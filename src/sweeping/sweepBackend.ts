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

export async function rememberBackend(
  backend: LaunchBackend | undefined,
  memory: Memory,
): Promise<void> {
  if (backend !== undefined) {
    await memory.update(keyOf(backend.name), { file: backend.configFile });
  }
}

/** What a sweep goes on with: only the name was kept with it. Resolves to nothing when the question was left. */
export async function resumedBackend(
  named: string | undefined,
  memory: Memory,
): Promise<{ readonly backend: LaunchBackend | undefined } | undefined> {
  if (named === undefined || named === 'local') {
    return { backend: undefined };
  }
  const config = remembered(named, memory) ?? (await pickConfig(named, named === 'ray', undefined));
  return config && { backend: { name: named, configFile: config.file } };
}

interface Config {
  readonly file: string | undefined;
}

function remembered(name: string, memory: Memory): Config | undefined {
  return memory.get(keyOf(name)) as Config | undefined;
}

function keyOf(name: string): string {
  return `mlflow.backend:${name}`;
}
