import type { Run } from '../mlflow/model';

/** The keys that some runs have among `entries`, each once, by name. */
export function keysOf(
  runs: readonly Run[],
  entries: (run: Run) => readonly { readonly key: string }[],
): readonly string[] {
  const keys = new Set<string>();
  for (const run of runs) {
    for (const { key } of entries(run)) {
      keys.add(key);
    }
  }
  return [...keys].sort((a, b) => a.localeCompare(b));
}
