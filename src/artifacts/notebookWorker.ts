import { parentPort, workerData } from 'node:worker_threads';

import { inertNotebook } from './inertNotebook';
import type { NotebookWork } from './largeNotebook';

/** Makes one notebook inert, and ends; answers with nothing where it stays as it is. */
const { bytes, leftOut } = workerData as NotebookWork;
const made = inertNotebook(bytes, leftOut);
parentPort?.postMessage(made === bytes ? undefined : made);
