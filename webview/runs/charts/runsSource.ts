import type { RelationSource } from '../../relations/source';
import type { Column } from '../model/column';
import type { RunsData } from '../model/runsData';

/** What charts of relations read of the runs of the table, without those that are put away. */
export function runsSource(data: RunsData, hidden: ReadonlySet<string>): RelationSource {
  const places: number[] = [];
  data.rows.forEach((row, at) => {
    if (row && row.outside !== true && !hidden.has(row.key)) places.push(at);
  });
  const keysOf = (kind: 'param' | 'metric'): readonly string[] =>
    [...data.columnsOf(kind)].filter(([, { filled }]) => filled > 0).map(([key]) => key);
  const reader =
    <T>(column: Column | undefined, read: (column: Column, at: number) => T) =>
    (run: number): T | undefined => {
      const at = places[run];
      return column && at !== undefined && column.has(at) ? read(column, at) : undefined;
    };
  return {
    runs: places.flatMap((at) => data.rows[at] ?? []),
    paramKeys: keysOf('param'),
    metricKeys: keysOf('metric'),
    param: (key) => reader(data.column(`param:${key}`), (column, at) => column.text(at)),
    metric: (key) => reader(data.column(`metric:${key}`), (column, at) => column.number(at)),
  };
}
