import type { YamlEntry, YamlMap } from '../yaml/yamlTree';

/** An entry somewhere in MLmodel. */
export interface ModelPlace {
  /** The keys from the root down, the entry's own the last. */
  readonly path: readonly string[];
  readonly entry: YamlEntry;
}

/** No key that MLflow writes lies deeper. */
const deepest = 6;

/** Entries that are looked at; MLflow writes some dozens. */
const most = 5_000;

/** All entries, from the top; aliases are not followed. */
export function modelPlaces(root: YamlMap | undefined): readonly ModelPlace[] {
  const places: ModelPlace[] = [];
  const visit = (map: YamlMap, above: readonly string[]): void => {
    for (const entry of map.entries) {
      if (places.length >= most) {
        return;
      }
      const path = [...above, entry.key.kind === 'scalar' ? entry.key.text : ''];
      places.push({ path, entry });
      if (entry.value.kind === 'map' && path.length < deepest) {
        visit(entry.value, path);
      }
    }
  };
  if (root !== undefined) {
    visit(root, []);
  }
  return places;
}
