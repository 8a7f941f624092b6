import type { ColumnPart, RunRow, TableExperiment } from '../../../src/protocol/runsPage';
import { AttributeColumn } from './attributeColumn';
import type { AttributeSource } from './attributeColumn';
import type { Column } from './column';
import { columnParts } from './columnId';
import type { AttributeName, ColumnId } from './columnId';
import { Extremes } from './extremes';
import { NumberColumn } from './numberColumn';
import { TextColumn } from './textColumn';

/** Which way is better, where that is known; for `best`. */
export type BestOf = (metric: string) => 'min' | 'max' | undefined;

type Kind = 'metric' | 'param' | 'tag';

/** What `rows` of the protocol tells. */
export interface RowsPart {
  readonly rows: readonly RunRow[];
  readonly columns: readonly ColumnPart[];
}

/**
 * All runs of one reading, column by column. It grows in place: whoever derives something from it goes by
 * {@link revision}, which every change counts up.
 */
export class RunsData implements AttributeSource {
  /** By their places; `undefined` where a run is no longer found. */
  readonly rows: (RunRow | undefined)[] = [];
  /** How many runs there are. */
  count = 0;
  revision = 0;
  now = 0;
  private readonly numbers = new Map<string, NumberColumn>();
  private readonly params = new Map<string, TextColumn>();
  private readonly tags = new Map<string, TextColumn>();
  private readonly extremes = new Map<string, Extremes>();
  private readonly places = new Map<string, number>();
  private readonly attributes = new Map<AttributeName, AttributeColumn>();
  private names: ReadonlyMap<string, string> = new Map();

  constructor(
    readonly reading: number,
    experiments: readonly TableExperiment[] = [],
  ) {
    this.nameExperiments(experiments);
  }

  nameExperiments(experiments: readonly TableExperiment[]): void {
    this.names = new Map(experiments.map(({ key, name }) => [key, name]));
  }

  experimentName(key: string): string {
    return this.names.get(key) ?? '';
  }

  /** Takes new rows, and rows that changed, with all their values. */
  add({ rows, columns }: RowsPart): void {
    this.revision += 1;
    const known = rows.filter(({ at }) => this.rows[at] !== undefined).map(({ at }) => at);
    if (known.length > 0) this.clear(known);
    for (const row of rows) {
      if (this.rows[row.at] === undefined) this.count += 1;
      while (this.rows.length < row.at) this.rows.push(undefined);
      this.rows[row.at] = row;
      this.places.set(row.key, row.at);
    }
    for (const part of columns) this.take(part);
    for (const [metric, extremes] of this.extremes) {
      const last = this.numbers.get(metric);
      for (const at of known)
        if (last?.has(at) === true) extremes.outdate(at);
        else extremes.forget(at);
    }
  }

  remove(at: Uint32Array): void {
    this.revision += 1;
    const known = [...at].filter((each) => this.rows[each] !== undefined);
    this.clear(known);
    for (const extremes of this.extremes.values()) for (const each of known) extremes.forget(each);
    for (const each of known) {
      this.places.delete(this.rows[each]!.key);
      this.rows[each] = undefined;
      this.count -= 1;
    }
  }

  /** Gives runs their colors, by key. */
  recolor(colors: readonly (readonly [key: string, color: number])[]): void {
    this.revision += 1;
    for (const [key, color] of colors) {
      const at = this.places.get(key);
      const row = at === undefined ? undefined : this.rows[at];
      if (at !== undefined && row !== undefined) this.rows[at] = { ...row, color };
    }
  }

  /** The place of a run, by its key. */
  placeOf(key: string): number | undefined {
    return this.places.get(key);
  }

  /**
   * @param bestOf which extreme is the best one; `best` columns are empty where there is none
   * @returns `undefined` where no run has that column
   */
  column(id: ColumnId, bestOf?: BestOf): Column | undefined {
    const parts = columnParts(id);
    switch (parts.kind) {
      case 'attribute':
        return this.attribute(parts.key);
      case 'param':
        return this.params.get(parts.key);
      case 'tag':
        return this.tags.get(parts.key);
      case 'metric': {
        if (parts.pick === 'last') return this.numbers.get(parts.key);
        const which = parts.pick === 'best' ? bestOf?.(parts.key) : parts.pick;
        return which && this.extremes.get(parts.key)?.column(which);
      }
    }
  }

  /** All keys of one kind, in no order; each with its column. */
  columnsOf(kind: Kind): ReadonlyMap<string, Column> {
    return { metric: this.numbers, param: this.params, tag: this.tags }[kind];
  }

  /** Extremes of a metric, which fill as they are asked for. */
  extremesOf(metric: string): Extremes {
    const known = this.extremes.get(metric) ?? new Extremes();
    this.extremes.set(metric, known);
    return known;
  }

  /** @param asked the rows as they were when they were asked about: those that changed since are to be asked again */
  takeExtremes(
    metric: string,
    at: Uint32Array,
    answer: { min: Float64Array; max: Float64Array; exact: Uint8Array },
    asked: readonly (RunRow | undefined)[],
  ): void {
    this.revision += 1;
    const extremes = this.extremesOf(metric);
    extremes.take(at, answer, this.rows.length);
    at.forEach((place, index) => {
      if (this.rows[place] === undefined) extremes.forget(place);
      else if (this.rows[place] !== asked[index]) extremes.outdate(place);
    });
  }

  private attribute(name: AttributeName): AttributeColumn {
    const known = this.attributes.get(name) ?? new AttributeColumn(name, this);
    this.attributes.set(name, known);
    return known;
  }

  private take(part: ColumnPart): void {
    const rows = this.rows.length;
    if (part.kind === 'metric') {
      const column = this.numbers.get(part.key) ?? new NumberColumn();
      this.numbers.set(part.key, column);
      part.at.forEach((at, index) => column.set(at, part.values[index] ?? NaN, rows));
    } else {
      const columns = part.kind === 'param' ? this.params : this.tags;
      const column = columns.get(part.key) ?? new TextColumn();
      columns.set(part.key, column);
      part.at.forEach((at, index) => column.set(at, part.texts[index] ?? '', rows));
    }
  }

  private clear(places: readonly number[]): void {
    for (const columns of [this.numbers, this.params, this.tags])
      for (const column of columns.values()) for (const at of places) column.clear(at);
  }
}
