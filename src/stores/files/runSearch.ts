import type { Run } from '../../mlflow/model';
import type { Page, RunQuery } from '../../mlflow/trackingStore';
import { checkMaxResults, pageOf, pageOffset } from '../local/paging';
import { Pace } from './pace';
import type { RunFolder, RunFolders } from './runFolders';
import { partsAskedFor } from './runParts';
import { parseSearch } from './search';

const maxPage = 50_000;

/**
 * One page of the runs that a query finds. Of all runs only what the search asks about is read, and the rest of those on the page.
 */
export async function searchRuns(
  folders: RunFolders,
  query: RunQuery,
  signal: AbortSignal,
): Promise<Page<Run>> {
  checkMaxResults(query.maxResults, maxPage);
  const offset = pageOffset(query.pageToken);
  const search = parseSearch('runs', query);
  const parts = partsAskedFor(search);
  const pace = new Pace(signal);
  const rows: { folder: RunFolder; row: Run }[] = [];
  for (const id of new Set(query.experimentIds)) {
    for (const folder of await folders.list(id, query.view, signal)) {
      const row = await folders.readParts(folder, parts, signal);
      if (search.matches(row)) rows.push({ folder, row });
      await pace.step();
    }
  }
  rows.sort((a, b) => search.compare(a.row, b.row));
  const { items, nextPageToken } = pageOf(rows, offset, query.maxResults);
  const runs: Run[] = [];
  for (const { folder } of items) {
    runs.push(await folders.read(folder, signal));
    await pace.step();
  }
  return { items: runs, nextPageToken };
}
