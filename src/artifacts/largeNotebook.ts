import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { inertNotebook } from './inertNotebook';

/** What the worker is given. */
export interface NotebookWork {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly leftOut: string;
}

/** Parsing as much takes some 10 ms; 25 MB take a second or more, in which the extension host would do nothing else. */
const small = 256 * 1024;

/** Makes a notebook inert, a large one in a thread of its own; see {@link inertNotebook}. */
export async function largeNotebook(
  { bytes, leftOut }: NotebookWork,
  workerPath = join(__dirname, 'notebookWorker.js'),
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.length <= small) {
    return inertNotebook(bytes, leftOut);
  }
  const workerData: NotebookWork = { bytes, leftOut };
  const worker = new Worker(workerPath, { name: 'mlflow-notebook', workerData });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', (made: Uint8Array<ArrayBuffer> | undefined) => resolve(made ?? bytes));
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the notebook worker ended with ${code}`)));
    });
  } finally {
    void worker.terminate();
  }
}
