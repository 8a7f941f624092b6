import type { TableColumnKind } from '../../protocol/tablePage';
import { booleanValue, cellKinds, dateValue, numberValue } from './cellKind';

const kinds = [
  ['number', cellKinds.number | cellKinds.large],
  ['boolean', cellKinds.boolean],
  ['date', cellKinds.date],
] as const;

/** What a column is, by what was seen in its cells; one in which nothing was seen is text. */
export function columnKind(seen: number): TableColumnKind {
  const found = seen & ~cellKinds.missing;
  return kinds.find(([, bits]) => found !== 0 && (found & ~bits) === 0)?.[0] ?? 'text';
}

/** How the cells of a column become numbers that can be compared; NaN for those that cannot. Texts have none. */
export function valueOf(kind: TableColumnKind): ((text: string) => number) | undefined {
  switch (kind) {
    case 'number':
      return numberValue;
    case 'boolean':
      return booleanValue;
    case 'date':
      return dateValue;
    case 'text':
      return undefined;
  }
}
