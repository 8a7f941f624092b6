import { withoutUserInfo } from '../mlflow/signIn';
import type { RunRow } from '../protocol/runsPage';
import { experimentKey } from './tableExperiments';
import type { TableRow } from '../state/tableRows';

/** A row as the page takes it, without what its columns hold. */
export function presentRow(row: TableRow, color: number): RunRow {
  const { run, place, commit } = row;
  return {
    at: row.at,
    key: row.key,
    runId: run.id,
    name: run.name,
    experiment: experimentKey(place),
    status: run.status,
    deleted: run.lifecycleStage === 'deleted',
    startTime: run.startTime,
    endTime: run.endTime,
    user: run.userId,
    parent: row.parent,
    color,
    source: withoutUserInfo(row.source),
    commit,
    datasets: run.datasets.map(({ name, digest }) => `${name} (${digest})`).join(', '),
    artifactUri: run.artifactUri,
    ...(row.outside && { outside: true }),
  };
}
