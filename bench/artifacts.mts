/**
 * Artifacts through the store worker, against undici and nothing else, in one run, taking turns:
 *
 * - saving 1 GB from a plain static server, against undici's `request` piped into a file, with the memory it takes
 * - a folder of 10,000 files, and one of 100,000, on MLflow 3.17.2, against the bare reply and `JSON.parse`
 *
 * Needs Node 24, 3 GB of disk and about four minutes; prints medians and ratios. `download` or `listing` behind its
 * name is one half of it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { measureDownload } from './artifactsDownload.mts';
import { measureListings } from './artifactsListing.mts';
import { bundleStores } from './bundleStores.mts';

const load = (): string => `load ${loadavg()[0]?.toFixed(1) ?? '?'}`;
const [only] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'bench-artifacts-'));
try {
  const { stores, workerFile } = await bundleStores(folder);
  console.log(load());
  if (only !== 'listing') {
    await measureDownload(folder, (uri) => stores.worker(uri, workerFile));
    console.log(load());
  }
  if (only !== 'download') {
    await measureListings(folder, (uri) => stores.worker(uri, workerFile));
    console.log(load());
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
