/** A column that rows are sorted by. */
interface SortedColumn<C> {
  readonly column: C;
  readonly descending: boolean;
}

/** Sorting by a column: upwards, downwards, not any more. With `isAdded` the other keys stay. */
export function sortedBy<C>(
  sort: readonly SortedColumn<C>[],
  column: C,
  isAdded: boolean,
): readonly SortedColumn<C>[] {
  const known = sort.find((key) => key.column === column);
  const next =
    known === undefined
      ? { column, descending: false }
      : known.descending
        ? undefined
        : { column, descending: true };
  if (!isAdded) return next === undefined ? [] : [next];
  if (known === undefined) return [...sort, { column, descending: false }];
  return sort.flatMap((key) => (key === known ? (next ?? []) : key));
}
