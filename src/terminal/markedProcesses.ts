import { readdir, readFile } from 'node:fs/promises';

/** A process that a keeper has started, however far down. */
export interface MarkedProcess {
  readonly processId: number;
  /** Of the keeper. */
  readonly token: string;
  /** The run that MLflow has made for it. */
  readonly runId: string | undefined;
}

let walk: Promise<readonly MarkedProcess[]> | undefined;

/** All that carry the mark of a launch; none where the system does not tell. Who asks at the same time shares the answer. */
export function markedProcesses(): Promise<readonly MarkedProcess[]> {
  walk ??= look().finally(() => {
    walk = undefined;
  });
  return walk;
}

async function look(): Promise<readonly MarkedProcess[]> {
  const found: MarkedProcess[] = [];
  const names = process.platform === 'linux' ? await readdir('/proc') : [];
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    const environment = await environmentOf(name);
    const token = valueOf(environment, 'MLFLOW_WORKBENCH_LAUNCH');
    if (token !== undefined) {
      found.push({
        ...{ processId: Number(name), token },
        runId: valueOf(environment, 'MLFLOW_RUN_ID'),
      });
    }
  }
  return found;
}

async function environmentOf(name: string): Promise<readonly string[]> {
  try {
    return (await readFile(`/proc/${name}/environ`, 'latin1')).split('\0');
  } catch {
    return [];
  }
}

function valueOf(environment: readonly string[], name: string): string | undefined {
  return environment.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
}
