import { RunsTable } from '../../../src/state/runsTable';
import type { TableReading } from '../../../src/state/tableReading';
import type { TableQuery, TableScope } from '../../../src/state/tableQuery';
import type { FakeStore } from '../../support/fakeStore';
import { ComparisonFixture, settled } from './comparisonFixture';

export const everything: TableQuery = { filters: [''], view: 'active' };
export const finished: TableQuery = { filters: ["status = 'FINISHED'"], view: 'active' };

/** A table of runs of servers in memory, which somebody sees. */
export class TableFixture {
  readonly servers = new ComparisonFixture();
  /** Rows that were told of, by their places. */
  readonly told: string[] = [];
  readonly table: RunsTable;

  constructor(scopes: readonly TableScope[] = [{ connection: 'a', experimentIds: ['1'] }]) {
    const { sessions } = this.servers;
    this.table = new RunsTable({ sessions, scopes, refreshInterval: () => 0.01 });
    this.table.onDidRead(({ rows }) => {
      this.told.push(...rows.map(({ at, run }) => `${at} ${run.name}`));
    });
    this.table.onDidLose(({ rows }) => this.told.push(...rows.map(({ at }) => `${at} gone`)));
    this.table.setVisible(true);
  }

  get store(): FakeStore {
    return this.servers.storeOf();
  }

  /** How many runs were asked for at a time. */
  get pages(): readonly (number | undefined)[] {
    return this.store.callsOf('searchRuns').map(({ query }) => query.maxResults);
  }

  /** Reads to the end. */
  async read(query = everything): Promise<TableReading> {
    const reading = await this.table.read(query);
    await until(() => reading.progress.standing !== 'reading');
    await settled();
    return reading;
  }

  /** Reads what is shown of these runs again, since they were changed. */
  readAgain(...runIds: readonly string[]): void {
    const rows = this.table.current?.rows.all ?? [];
    const changed = rows.filter(({ place }) => runIds.includes(place.runId));
    this.table.readAgain(changed.map(({ key }) => key));
  }

  dispose(): void {
    this.table.dispose();
    this.servers.dispose();
  }
}

/** Resolves once it holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await settled();
  }
}
