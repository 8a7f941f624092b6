import { ComparisonLayouts, type LayoutLimits } from './comparisonLayouts';
import type { ComparedPlace } from './comparedRuns';
import type { Memory } from './memory';

/** A layout under a name that a person gave it. */
export interface SavedView {
  readonly name: string;
  /** As the page gave it; of any shape. */
  readonly layout: unknown;
}

const mostViews = 50;
/** What a person saved by name is not to go because there are other experiments, too. */
const limits: LayoutLimits = { most: 1000, longest: 300_000 };

type Place = Pick<ComparedPlace, 'connection' | 'experimentId'>;

/** Layouts that were saved by name, for the servers and experiments of a page. */
export class SavedViews {
  private readonly layouts: ComparisonLayouts;

  /** @param memoryKey what they are remembered under */
  constructor(memory: Memory, memoryKey: string) {
    this.layouts = new ComparisonLayouts(memory, memoryKey, limits);
  }

  /** By name, in the order in which they were saved first. */
  get(places: readonly Place[]): readonly SavedView[] {
    const stored = this.layouts.get(places);
    return Array.isArray(stored) ? (stored as readonly unknown[]).filter(isView) : [];
  }

  /** Saves a view, in the place of one of this name; `undefined` removes it. Resolves to `false` where there are too many, or too large ones. */
  async set(places: readonly Place[], name: string, layout: unknown): Promise<boolean> {
    const views = this.get(places);
    const at = views.findIndex((view) => view.name === name);
    const view = { name, layout };
    const after =
      layout === undefined
        ? views.filter((each) => each.name !== name)
        : at < 0
          ? [...views, view]
          : views.with(at, view);
    return after.length <= mostViews && this.layouts.set(places, after);
  }
}

function isView(view: unknown): view is SavedView {
  return (
    typeof view === 'object' &&
    view !== null &&
    'name' in view &&
    'layout' in view &&
    typeof view.name === 'string'
  );
}
