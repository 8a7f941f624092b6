import type { KeyPlaces } from '../../mlflow/keyPlaces';
import { isSystemTag } from '../../mlflow/runFacts';
import type { ColumnPart } from '../../protocol/runsPage';

/** Values by the places of their keys. */
interface Keyed<V> {
  readonly keys: Uint32Array;
  readonly values: V;
}

/** A row of a table as far as a page needs it. */
export interface PresentedRow {
  readonly at: number;
  readonly params: { readonly keys: Uint32Array; readonly texts: readonly string[] };
  readonly tags: { readonly keys: Uint32Array; readonly texts: readonly string[] };
  readonly metrics: Keyed<Float64Array>;
}

/** Which key has which place. */
export interface RowKeys {
  readonly paramKeys: KeyPlaces;
  readonly metricKeys: KeyPlaces;
  readonly tagKeys: KeyPlaces;
}

/** Longer texts are cut: ten thousand runs of them have to fit into a page. MLflow takes no longer ones from people. */
const longestText = 8000;
/** What MLflow writes itself, such as the history of logged models, is looked at in a table by nobody. */
const longestSystemText = 1000;

/**
 * What rows hold, column by column. All numbers lie in one buffer: a page is told each buffer by itself, and a thousand
 * of them would take long.
 */
export function presentColumns(rows: readonly PresentedRow[], keys: RowKeys): ColumnPart[] {
  return [
    ...metricParts(rows, keys.metricKeys),
    ...textParts('param', rows, ({ params }) => params, keys.paramKeys),
    ...textParts('tag', rows, ({ tags }) => tags, keys.tagKeys),
  ];
}

/** How many cells rows hold, by which one tells how long they take. */
export function cellsOf({ params, metrics, tags }: PresentedRow): number {
  return params.keys.length + metrics.keys.length + tags.keys.length;
}

function metricParts(rows: readonly PresentedRow[], places: KeyPlaces): ColumnPart[] {
  const layout = layOut(
    rows.map(({ metrics }) => metrics.keys),
    Float64Array.BYTES_PER_ELEMENT,
  );
  rows.forEach(({ at, metrics }) => {
    metrics.keys.forEach((key, index) => {
      const place = layout.next(key);
      layout.ats[place] = at;
      layout.numbers[place] = metrics.values[index] ?? Number.NaN;
    });
  });
  return layout.columns.map(({ key, start, end }) => ({
    kind: 'metric',
    key: places.all[key] ?? '',
    at: layout.ats.subarray(start, end),
    values: layout.numbers.subarray(start, end),
  }));
}

function textParts(
  kind: 'param' | 'tag',
  rows: readonly PresentedRow[],
  of: (row: PresentedRow) => PresentedRow['params'],
  places: KeyPlaces,
): ColumnPart[] {
  const layout = layOut(
    rows.map((row) => of(row).keys),
    0,
  );
  const texts = new Array<string>(layout.ats.length);
  rows.forEach((row) => {
    const { keys, texts: own } = of(row);
    keys.forEach((key, index) => {
      const place = layout.next(key);
      layout.ats[place] = row.at;
      const isSystem = kind === 'tag' && isSystemTag(places.all[key] ?? '');
      texts[place] = cut(own[index] ?? '', isSystem ? longestSystemText : longestText);
    });
  });
  return layout.columns.map(({ key, start, end }) => ({
    kind,
    key: places.all[key] ?? '',
    at: layout.ats.subarray(start, end),
    texts: texts.slice(start, end),
  }));
}

interface Layout {
  readonly columns: readonly {
    readonly key: number;
    readonly start: number;
    readonly end: number;
  }[];
  readonly ats: Uint32Array;
  readonly numbers: Float64Array;
  /** The next free place of a column. */
  next(key: number): number;
}

/** Gives each column its part of one buffer: numbers first, since they have to begin at a multiple of their size. */
function layOut(keysOfRows: readonly Uint32Array[], bytesPerNumber: number): Layout {
  const counts = new Map<number, number>();
  let total = 0;
  for (const keys of keysOfRows) {
    for (const key of keys) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      total++;
    }
  }
  const buffer = new ArrayBuffer(total * (bytesPerNumber + Uint32Array.BYTES_PER_ELEMENT));
  const free = new Map<number, number>();
  let start = 0;
  const columns = [...counts].map(([key, count]) => {
    free.set(key, start);
    const column = { key, start, end: start + count };
    start += count;
    return column;
  });
  return {
    columns,
    numbers: new Float64Array(buffer, 0, bytesPerNumber === 0 ? 0 : total),
    ats: new Uint32Array(buffer, total * bytesPerNumber, total),
    next: (key) => {
      const place = free.get(key) ?? 0;
      free.set(key, place + 1);
      return place;
    },
  };
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Rows in pieces, none of which takes long to tell. */
export function* inPieces<R extends PresentedRow>(
  rows: Iterable<R>,
  mostRows: number,
  mostCells: number,
): Generator<readonly R[]> {
  let piece: R[] = [];
  let cells = 0;
  for (const row of rows) {
    piece.push(row);
    cells += cellsOf(row);
    if (piece.length >= mostRows || cells >= mostCells) {
      yield piece;
      piece = [];
      cells = 0;
    }
  }
  if (piece.length > 0) {
    yield piece;
  }
}
