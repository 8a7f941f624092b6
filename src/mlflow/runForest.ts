import type { Run } from './model';
import { parentRunId } from './runFacts';

/** How a flat list of runs nests. */
export interface RunForest {
  /** Runs without a (known) parent, in the order in which their families first appear in the list. */
  readonly roots: readonly string[];
  /** Ids of the known children of a run, in the order of the list. */
  readonly childrenOf: ReadonlyMap<string, readonly string[]>;
  /** Parent ids that are named by a run but neither listed nor known; to be looked up. */
  readonly missing: readonly string[];
}

/**
 * Nests `listed` runs under their parents at any depth. A parent that is not listed itself comes
 * from `known` and stands where the first of its family stands, so that no order and no filter
 * tears a family apart. Runs that name each other as parents in a circle become roots.
 *
 * @param known looks up a run that is not listed: the run, `null` when it is known not to exist
 *   here, `undefined` when nobody has asked yet.
 */
export function buildRunForest(
  listed: Iterable<Run>,
  known: (id: string) => Run | null | undefined,
): RunForest {
  const byId = new Map<string, Run>();
  for (const run of listed) {
    byId.set(run.id, run);
  }
  const roots = new Set<string>();
  const childrenOf = new Map<string, string[]>();
  const missing = new Set<string>();
  const placed = new Set<string>();
  const lookUp = (id: string): Run | null | undefined => byId.get(id) ?? known(id);

  const place = (first: Run): void => {
    // Most runs have no parent, and there may be ten thousand of them.
    if (parentRunId(first) === undefined) {
      roots.add(first.id);
      return;
    }
    const path = new Set<string>();
    for (let run = first; !placed.has(run.id);) {
      placed.add(run.id);
      path.add(run.id);
      const parentId = parentRunId(run);
      const parent = parentId === undefined ? null : lookUp(parentId);
      if (parentId !== undefined && parent === undefined) {
        missing.add(parentId);
      }
      if (!parent || path.has(parent.id)) {
        roots.add(run.id);
        return;
      }
      const siblings = childrenOf.get(parent.id);
      if (siblings === undefined) {
        childrenOf.set(parent.id, [run.id]);
      } else {
        siblings.push(run.id);
      }
      run = parent;
    }
  };

  for (const run of byId.values()) {
    place(run);
  }
  return { roots: [...roots], childrenOf, missing: [...missing] };
}
