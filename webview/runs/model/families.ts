import type { RunsData } from './runsData';

/** For every place the place of the run that it is nested in, or -1. */
export function parentPlaces(data: RunsData): Int32Array {
  const { rows } = data;
  const byId = new Map<string, number>();
  const byExperiment = new Map<string, number>();
  rows.forEach((row, at) => {
    if (row === undefined) return;
    byId.set(row.runId, at);
    byExperiment.set(`${row.experiment}\n${row.runId}`, at);
  });
  const parents = new Int32Array(rows.length).fill(-1);
  rows.forEach((row, at) => {
    if (row?.parent === undefined || row.parent === row.runId) return;
    parents[at] =
      byExperiment.get(`${row.experiment}\n${row.parent}`) ?? byId.get(row.parent) ?? -1;
  });
  return parents;
}
