/** More problems of a kind would only hide one another, and take long to describe. */
export const mostProblems = 500;

/** What a check finds in items, until it is enough. */
export function collect<Item, Found>(
  items: Iterable<Item>,
  check: (item: Item, index: number) => readonly Found[],
): Found[] {
  const found: Found[] = [];
  let index = 0;
  for (const item of items) {
    found.push(...check(item, index));
    if (found.length >= mostProblems) break;
    index += 1;
  }
  return found.slice(0, mostProblems);
}
