import type { ComparedPlace } from './comparedRuns';
import type { Memory } from './memory';

export interface LayoutLimits {
  /** So many are kept, those that were put last. */
  readonly most: number;
  /** In characters of JSON. */
  readonly longest: number;
}

/** A page asks for a few thousand characters. */
const usualLimits: LayoutLimits = { most: 30, longest: 100_000 };

/** Where a layout belongs: to all the experiments of a page together. */
type Place = Pick<ComparedPlace, 'connection' | 'experimentId'>;

/** How comparisons were laid out, by the servers and experiments of their runs, those used last. */
export class ComparisonLayouts {
  /** @param memoryKey what they are remembered under: each kind of page lays out in its own way */
  constructor(
    private readonly memory: Memory,
    private readonly memoryKey = 'comparisonLayouts',
    private readonly limits = usualLimits,
  ) {}

  /** As the page gave it; of any shape. */
  get(places: readonly Place[]): unknown {
    const scope = scopeOf(places);
    return this.stored().find((entry) => entry[0] === scope)?.[1];
  }

  /** Remembers a layout; resolves to `false` for one that is too large. */
  async set(places: readonly Place[], layout: unknown): Promise<boolean> {
    const text = JSON.stringify(layout) as string | undefined;
    if (text === undefined || text.length > this.limits.longest) {
      return false;
    }
    const scope = scopeOf(places);
    const others = this.stored().filter((entry) => entry[0] !== scope);
    const kept = [...others, [scope, layout]].slice(-this.limits.most);
    await this.memory.update(this.memoryKey, kept);
    return true;
  }

  private stored(): readonly (readonly [string, unknown])[] {
    const stored = this.memory.get(this.memoryKey);
    const entries = Array.isArray(stored) ? (stored as readonly unknown[]) : [];
    return entries.filter(
      (entry): entry is readonly [string, unknown] =>
        Array.isArray(entry) && typeof entry[0] === 'string',
    );
  }
}

function scopeOf(places: readonly Place[]): string {
  const experiments = places.map(({ connection, experimentId }) => `${connection} ${experimentId}`);
  return [...new Set(experiments)].sort().join('\n');
}
