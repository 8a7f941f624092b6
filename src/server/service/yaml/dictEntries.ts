import { keyIdentity, pythonKey } from '../python/pythonValue';
import { resolveAlias, type YamlEntry, type YamlMap, type YamlNode } from './yamlTree';

/** What a Python dict holds after PyYAML has read a mapping. */
export interface DictEntries {
  /** In the dict's order; of duplicates the last value, and what is written over what is merged. */
  readonly entries: readonly YamlEntry[];
  /** Entries without effect, since a later one has the same key. */
  readonly overwritten: readonly YamlEntry[];
}

/** Merges of merges multiply; no real file comes near. */
const maxEntries = 2_000;

const readBefore = new WeakMap<YamlMap, DictEntries>();

export function dictEntries(map: YamlMap): DictEntries {
  const known = readBefore.get(map);
  if (known !== undefined) return known;
  const read = readEntries(map);
  readBefore.set(map, read);
  return read;
}

function readEntries(map: YamlMap): DictEntries {
  const kept = new Map<string, YamlEntry>();
  const overwritten: YamlEntry[] = [];
  for (const entry of mergedEntries(map)) put(kept, entry);
  const merged = new Set(kept.values());
  for (const entry of map.entries) {
    if (isMerge(entry)) continue;
    const before = put(kept, entry);
    if (before !== undefined && !merged.has(before)) overwritten.push(before);
  }
  return { entries: [...kept.values()], overwritten };
}

/** `<<` without quotes, which takes in the entries of another mapping. */
export function isMerge({ key }: YamlEntry): boolean {
  return (
    key.kind === 'scalar' && key.text === '<<' && key.style === 'plain' && key.tag === undefined
  );
}

/** Python keeps the place of the first of equal keys, and the value of the last. */
function put(kept: Map<string, YamlEntry>, entry: YamlEntry): YamlEntry | undefined {
  const identity = keyIdentity(pythonKey(entry.key)) ?? `place:${entry.key.span.start}`;
  const before = kept.get(identity);
  kept.set(identity, entry);
  return before;
}

const mergedBefore = new WeakMap<YamlMap, readonly YamlEntry[]>();

/** What the merges of a mapping bring. Of a mapping that merges itself, as much as is known so far. */
function mergedEntries(map: YamlMap): readonly YamlEntry[] {
  const known = mergedBefore.get(map);
  if (known !== undefined) return known;
  if (!map.entries.some(isMerge)) return [];
  const merged = new Set<YamlEntry>();
  mergedBefore.set(map, []);
  for (const entry of map.entries) {
    if (!isMerge(entry)) continue;
    for (const source of mergeSources(entry.value).reverse()) {
      for (const one of [...mergedEntries(source), ...source.entries]) {
        if (merged.size > maxEntries || isMerge(one)) continue;
        // The last one of equal keys wins, so what comes again comes last.
        merged.delete(one);
        merged.add(one);
      }
    }
  }
  const found = [...merged];
  mergedBefore.set(map, found);
  return found;
}

function mergeSources(value: YamlNode): YamlMap[] {
  const resolved = resolveAlias(value);
  if (resolved?.kind === 'map') return [resolved];
  if (resolved?.kind !== 'list') return [];
  return resolved.items.flatMap((item) => {
    const map = resolveAlias(item);
    return map?.kind === 'map' ? [map] : [];
  });
}
