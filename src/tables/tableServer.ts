import type { Handlers } from '../protocol/rpc';
import { Comparisons } from './compare/comparisons';
import type { GrowingTable, HeldTable } from './heldTable';
import { JsonTable } from './json/jsonTable';
import { ParquetTable } from './parquet/parquetTable';
import { WantedBytes } from './parquet/wantedBytes';
import { WholeFile } from './text/wholeFile';
import { TableError } from './tableError';
import type { TableFormat, TableProtocol } from './tableProtocol';
import { TextTable } from './text/textTable';
import { Arrangements } from './view/arrangements';

interface Entry {
  readonly table: HeldTable;
  readonly growing: GrowingTable | undefined;
  readonly arrangements: Arrangements;
  /** The revision of the columns that was told last. */
  told: number;
}

/** All tables that are held, and what is asked about them. */
export class TableServer {
  private readonly entries = new Map<number, Entry>();
  private readonly wanted: WantedBytes;
  private readonly comparisons = new Comparisons((table) => this.entry(table).table);

  constructor(want: (wanted: TableProtocol['events']['want']) => void) {
    this.wanted = new WantedBytes(want);
  }

  readonly handlers: Handlers<TableProtocol> = {
    requests: {
      open: ({ table, format, name, options }) => {
        const growing = newTable(format, name, options);
        this.keep(table, growing, growing);
        return Promise.resolve(undefined);
      },
      add: async ({ table, piece, size }) => {
        const entry = this.entry(table);
        const wantsMore = entry.growing?.add(piece, size) ?? false;
        return Promise.resolve({ facts: this.factsOf(entry), wantsMore });
      },
      end: async ({ table, whole }) => {
        const entry = this.entry(table);
        await entry.growing?.end(whole);
        return this.factsOf(entry);
      },
      openByRanges: async ({ table, size }, signal) => {
        const held = await ParquetTable.open(this.wanted.file(table, size), signal);
        return this.factsOf(this.keep(table, held, undefined));
      },
      arrange: ({ table, sort, filter, locale }, signal) =>
        this.entry(table).arrangements.arrange(sort, filter, locale, signal),
      window: ({ table, area }, signal) => this.entry(table).arrangements.window(area, signal),
      summary: ({ table, column }, signal) =>
        this.entry(table).arrangements.summary(column, signal),
      cell: ({ table, arrangement, row, column }, signal) =>
        this.entry(table).arrangements.cell(arrangement, row, column, signal),
      copy: ({ table, area, header }, signal) =>
        this.entry(table).arrangements.copy(area, header, signal),
      compare: ({ comparison, tables, key }, signal) =>
        this.comparisons.compare(comparison, tables, key, signal),
      comparedWindow: ({ comparison, area }, signal) =>
        this.comparisons.window(comparison, area, signal),
    },
    notices: {
      close: ({ table }) => void this.entries.delete(table),
      closeComparison: ({ comparison }) => this.comparisons.close(comparison),
      give: ({ ask, bytes }) => this.wanted.give(ask, bytes),
    },
  };

  private keep(id: number, table: HeldTable, growing: GrowingTable | undefined): Entry {
    const entry = { table, growing, arrangements: new Arrangements(table), told: -1 };
    this.entries.set(id, entry);
    return entry;
  }

  private entry(id: number): Entry {
    const entry = this.entries.get(id);
    if (entry === undefined) {
      throw new TableError('bytes', 'the table was closed');
    }
    return entry;
  }

  private factsOf(entry: Entry): ReturnType<HeldTable['facts']> {
    const facts = entry.table.facts(entry.told);
    entry.told = facts.columnsRevision;
    return facts;
  }
}

function newTable(
  format: TableFormat,
  name: string,
  options: ConstructorParameters<typeof TextTable>[1],
): GrowingTable {
  switch (format) {
    case 'text':
      return new TextTable(name, options);
    case 'json':
      return new WholeFile((bytes) => JsonTable.read(bytes));
    case 'parquet':
      return new WholeFile((bytes, signal) => ParquetTable.ofBytes(bytes, signal));
  }
}
