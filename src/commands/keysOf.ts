/** The keys that some things have among `entries`, each once, by name. */
export function keysOf<T>(
  things: readonly T[],
  entries: (thing: T) => readonly { readonly key: string }[],
): readonly string[] {
  const keys = new Set<string>();
  for (const thing of things) {
    for (const { key } of entries(thing)) {
      keys.add(key);
    }
  }
  return [...keys].sort((a, b) => a.localeCompare(b));
}
