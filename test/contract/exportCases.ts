import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../../scripts/runCommand.mts';
import { RunsCsv } from '../../src/mlflow/runsCsv';
import type { TrackingStore } from '../../src/mlflow/trackingStore';
import { runPages } from '../../src/state/runPages';
import { RestStore } from '../../src/stores/rest/restStore';
import { SqliteStore } from '../../src/stores/sqlite/sqliteStore';

export interface ExportedServer {
  readonly url: string;
  readonly python: string;
  /** Where its database `mlflow.db` is. */
  readonly directory: string;
  /** Which spells the fractions of a second in a way of its own. */
  readonly pandas: 2 | 3;
}

const never = new AbortController().signal;
type Table = readonly (readonly string[])[];
type Row = Readonly<Record<string, string | undefined>>;

/** Holds the CSV of all runs against what `mlflow.search_runs(…).to_csv(index=False)` writes. */
export function describeExport(server: () => ExportedServer): void {
  let experimentId: string;

  const file = (name: string): string => path.join(server().directory, name);
  const script = (...parts: string[]): Promise<string> =>
    runCommand(server().python, [path.resolve('test/support/searchRunsCsv.py'), ...parts]);

  before(async () => {
    const output = await script('export', server().url, file('theirs.csv'));
    experimentId = /experiment (\d+)/.exec(output)?.[1] ?? '';
  });

  it('has the columns and cells of mlflow.search_runs, from the server and from its database', async () => {
    const stores = [
      ['served.csv', new RestStore(server().url, () => undefined)],
      ['local.csv', new SqliteStore(file('mlflow.db'), () => undefined)],
    ] as const;
    for (const [name, store] of stores) {
      await writeFile(file(name), await exported(store, experimentId));
      store.dispose();
    }
    await script(
      'cells',
      file('cells.json'),
      ...['theirs.csv', ...stores.map(([name]) => name)].map(file),
    );
    const json = await readFile(file('cells.json'), 'utf8');
    const [theirs = [], ...ours] = JSON.parse(json) as readonly Table[];
    assert.equal(theirs.length, 41);
    for (const table of ours) {
      assert.deepEqual(table[0]?.slice(0, 6), theirs[0]?.slice(0, 6));
      if (server().pandas === 2) {
        assert.deepEqual(byColumn(table), byColumn(theirs));
      } else {
        assert.deepEqual(byColumn(table).map(sameTimes), byColumn(theirs).map(sameTimes));
      }
    }
  });
}

async function exported(store: TrackingStore, experimentId: string): Promise<string> {
  const csv = new RunsCsv('greatest');
  const search = { experimentIds: [experimentId], view: 'all' } as const;
  const ask = { ask: <T>(work: (port: TrackingStore) => Promise<T>): Promise<T> => work(store) };
  const spooled: string[] = [];
  for await (const runs of runPages({ store: ask, search, first: 7, signal: never })) {
    spooled.push(...runs.map((run) => csv.spool(run)));
  }
  return csv.head() + spooled.map((line) => csv.line(line)).join('');
}

/** Each row by the names of its columns, whose order is another every time in Python. */
function byColumn([head = [], ...rows]: Table): readonly Row[] {
  return rows.map((row) =>
    Object.fromEntries(
      head
        .map((name, index): readonly [string, string | undefined] => [name, row[index]])
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  );
}

function sameTimes(row: Row): object {
  const { start_time: start, end_time: end, ...others } = row;
  return { ...others, start: Date.parse(start ?? ''), end: Date.parse(end ?? '') };
}
