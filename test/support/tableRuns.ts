import type { ColumnPart, RunRow } from '../../src/protocol/runsPage';
import { RunsData } from '../../webview/runs/model/runsData';

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
    color: at % 12,
    source: '',
    commit: '',
    datasets: '',
    artifactUri: '',
    ...facts,
  };
}

/** Rows and columns as the extension tells of them. */
export function rowsOf(runs: readonly RunFacts[]): {
  readonly rows: readonly RunRow[];
  readonly columns: readonly ColumnPart[];
} {
  const texts = (kind: 'param' | 'tag', name: 'params' | 'tags'): ColumnPart[] =>
    [...gathered(runs, (facts) => facts[name])].map(([key, found]) => ({
      kind,
      key,
      at: Uint32Array.from(found, ([at]) => at),
      texts: found.map(([, text]) => text),
    }));
  const numbers = [...gathered(runs, ({ metrics }) => metrics)].map(([key, found]): ColumnPart => ({
    kind: 'metric',
    key,
    at: Uint32Array.from(found, ([at]) => at),
    values: Float64Array.from(found, ([, value]) => value),
  }));
  return {
    rows: runs.map((facts, at) => rowOf(at, facts)),
    columns: [...texts('param', 'params'), ...texts('tag', 'tags'), ...numbers],
  };
}

function gathered<T>(
  runs: readonly RunFacts[],
  read: (facts: RunFacts) => Readonly<Record<string, T>> | undefined,
): ReadonlyMap<string, readonly (readonly [at: number, value: T])[]> {
  const found = new Map<string, (readonly [number, T])[]>();
  runs.forEach((facts, at) => {
    for (const [key, value] of Object.entries(read(facts) ?? {})) {
      const known = found.get(key);
      if (known) known.push([at, value]);
      else found.set(key, [[at, value]]);
    }
  });
  return found;
}

/** The data of a table with these runs. */
export function runsData(runs: readonly RunFacts[]): RunsData {
  const data = new RunsData(1);
  data.add(rowsOf(runs));
  return data;
}
