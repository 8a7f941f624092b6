interface Place {
  readonly key: string;
  next: Place | undefined;
}

/**
 * The keys of several lists as one: in the order of the first, with what only others have beside what stands beside it there.
 */
export function mergedOrder(lists: readonly (readonly string[])[]): readonly string[] {
  const start: Place = { key: '', next: undefined };
  const places = new Map<string, Place>();
  let end = start;
  for (const keys of lists) {
    // What shares no key with what is there comes after all of it.
    let last = keys.some((key) => places.has(key)) ? start : end;
    for (const key of keys) {
      let place = places.get(key);
      if (place === undefined) {
        place = { key, next: last.next };
        last.next = place;
        places.set(key, place);
        if (last === end) end = place;
      }
      last = place;
    }
  }
  const order: string[] = [];
  for (let place = start.next; place !== undefined; place = place.next) order.push(place.key);
  return order;
}
