import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePython } from '../../scripts/pythonEnvironment.mts';
import { ensurePythonExtras } from '../../scripts/pythonExtras.mts';

/** Makes a Python in `folder` that has TensorBoard besides MLflow, and says where it is. POSIX only. */
export async function pythonWithTensorBoard(folder: string): Promise<string> {
  const python = await ensurePython('demo');
  const extras = await ensurePythonExtras(python, 'test/support/tensorboard-requirements.txt');
  const file = path.join(folder, 'python');
  await writeFile(file, `#!/bin/sh\nPYTHONPATH='${extras}' exec '${python}' "$@"\n`);
  await chmod(file, 0o755);
  return file;
}
