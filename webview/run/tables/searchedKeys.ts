/** Which of the keys hold all words of a search, by their places. */
export function searchedKeys(keys: readonly string[], search: string): readonly number[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const places: number[] = [];
  keys.forEach((key, place) => {
    const text = key.toLowerCase();
    if (words.every((word) => text.includes(word))) places.push(place);
  });
  return places;
}
