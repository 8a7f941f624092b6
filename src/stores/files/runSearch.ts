import type { Run } from '../../mlflow/model';
import type { Page, RunQuery } from '../../mlflow/trackingStore';
import { checkMaxResults, pageOf, pageOffset } from '../local/paging';
import { Pace } from './pace';
import type { RunFolder, RunFolders } from './runFolders';
import { searchOfRuns } from './search';

const maxPage = 50_000;

/**
 * One page of the runs that a query finds. Where only what `meta.yaml` says decides which ones, and in which order,
 * no other run is read any further.
 */
export async function searchRuns(
  folders: RunFolders,
  query: RunQuery,
  signal: AbortSignal,
): Promise<Page<Run>> {
  checkMaxResults(query.maxResults, maxPage);
  const offset = pageOffset(query.pageToken);
  const search = searchOfRuns(query);
  const found: RunFolder[] = [];
  for (const id of new Set(query.experimentIds)) {
    found.push(...(await folders.list(id, query.view, signal)));
  }
  const pace = new Pace(signal);
  const read = async (run: RunFolder): Promise<Run> => {
    await pace.step();
    return folders.read(run, signal);
  };
  const rows: { folder: RunFolder; row: Run }[] = [];
  for (const folder of found) {
    const row = search.isOfFacts ? bareRun(folder) : await read(folder);
    if (search.matches(row)) rows.push({ folder, row });
  }
  rows.sort((a, b) => search.compare(a.row, b.row));
  const { items, nextPageToken } = pageOf(rows, offset, query.maxResults);
  const runs: Run[] = [];
  for (const { folder, row } of items) {
    runs.push(search.isOfFacts ? await read(folder) : row);
  }
  return { items: runs, nextPageToken };
}

function bareRun({ info }: RunFolder): Run {
  return { ...info, params: [], metrics: [], tags: [], datasets: [], modelOutputs: [] };
}
