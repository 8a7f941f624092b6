import type { RunFacts } from '../support/tableRuns';

/** When the newest of them began. */
export const tableStart = Date.UTC(2026, 10, 20, 12);

/** Its nested runs name it so. */
const parent = 'a'.repeat(32);

/** Runs of all kinds, newest first: nested, failed, in progress, with values of all sorts. */
export function tableRuns(): readonly RunFacts[] {
  const runs: readonly RunFacts[] = [
    {
      name: 'bold-cat',
      runId: parent,
      params: { lr: '0.01', optimizer: 'adam', seed: '7' },
      metrics: { loss: 0.2134, 'val/acc': 0.912, count: 412 },
      tags: { team: 'vision' },
    },
    {
      name: 'nested-b',
      parent,
      params: { lr: '0.003', optimizer: 'adam', seed: '7' },
      metrics: { loss: 0.31, 'val/acc': 0.9 },
    },
    {
      name: 'nested-a',
      parent,
      status: 'FAILED',
      params: { lr: 'auto', optimizer: 'sgd', seed: '7' },
      metrics: { loss: NaN },
    },
    {
      name: 'calm-elk',
      status: 'RUNNING',
      user: 'grace',
      params: { lr: '0.1', optimizer: '', seed: '7' },
      metrics: { loss: 0.1871, 'val/acc': 0.934, count: 398 },
    },
    {
      name: 'odd-yak',
      status: 'KILLED',
      params: { lr: '10', seed: '7' },
      metrics: { loss: Infinity, 'val/acc': 0.871, count: 455 },
    },
  ];
  return runs.map((run, at) => {
    const startTime = tableStart - at * 60_000;
    const endTime = run.status === 'RUNNING' ? undefined : startTime + 65_000 + at;
    return {
      user: 'ada',
      source: 'train.py',
      commit: 'c0ffee00c0ffee',
      startTime,
      endTime,
      ...run,
    };
  });
}
