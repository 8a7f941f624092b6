import type { ColumnPart, RunRow } from '../../../../src/protocol/runsPage';
import { RunsData } from '../../../../webview/runs/model/runsData';

/** What a test says of a run. */
export interface RunFacts extends Partial<Omit<RunRow, 'at'>> {
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly metrics?: Readonly<Record<string, number>>;
}

function rowOf(at: number, { params: _p, tags: _t, metrics: _m, ...facts }: RunFacts): RunRow {
  return {
    at,
    key: `run-${at}`,
    runId: String(at).padStart(32, '0'),
    name: `run ${at}`,
    experiment: 'lab',
    status: 'FINISHED',
    deleted: false,
    startTime: at,
    endTime: at + 1000,
    user: '',
    parent: undefined,
    isParent: false,
    color: at % 12,
    source: '',
    commit: '',
    datasets: '',
    artifactUri: '',
    ...facts,
  } as RunRow;
}

/** The data of a table with these runs. */
export function runsData(runs: readonly RunFacts[]): RunsData {
  const data = new RunsData(1);
  const columns = runs.flatMap((facts, at): ColumnPart[] => [
    ...(['params', 'tags'] as const).flatMap((kind) =>
      Object.entries(facts[kind] ?? {}).map(([key, text]): ColumnPart => ({
        kind: kind === 'params' ? 'param' : 'tag',
        key,
        at: Uint32Array.of(at),
        texts: [text],
      })),
    ),
    ...Object.entries(facts.metrics ?? {}).map(([key, value]): ColumnPart => ({
      kind: 'metric',
      key,
      at: Uint32Array.of(at),
      values: Float64Array.of(value),
    })),
  ]);
  data.add({ rows: runs.map((facts, at) => rowOf(at, facts)), columns });
  return data;
}
