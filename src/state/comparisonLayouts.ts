import type { ComparedPlace } from './comparedRuns';
import type { Memory } from './memory';

const memoryKey = 'comparisonLayouts';
const mostLayouts = 30;
/** In characters of JSON; a page asks for a few thousand. */
const longestLayout = 100_000;

/** How comparisons were laid out, by the servers and experiments of their runs, those used last. */
export class ComparisonLayouts {
  constructor(private readonly memory: Memory) {}

  /** As the page gave it; of any shape. */
  get(places: readonly ComparedPlace[]): unknown {
    const scope = scopeOf(places);
    return this.stored().find((entry) => entry[0] === scope)?.[1];
  }

  /** Remembers a layout; resolves to `false` for one that is too large. */
  async set(places: readonly ComparedPlace[], layout: unknown): Promise<boolean> {
    const text = JSON.stringify(layout) as string | undefined;
    if (text === undefined || text.length > longestLayout) {
      return false;
    }
    const scope = scopeOf(places);
    const others = this.stored().filter((entry) => entry[0] !== scope);
    await this.memory.update(memoryKey, [...others, [scope, layout]].slice(-mostLayouts));
    return true;
  }

  private stored(): readonly (readonly [string, unknown])[] {
    const stored = this.memory.get(memoryKey);
    const entries = Array.isArray(stored) ? (stored as readonly unknown[]) : [];
    return entries.filter(
      (entry): entry is readonly [string, unknown] =>
        Array.isArray(entry) && typeof entry[0] === 'string',
    );
  }
}

function scopeOf(places: readonly ComparedPlace[]): string {
  const experiments = places.map(({ connection, experimentId }) => `${connection} ${experimentId}`);
  return [...new Set(experiments)].sort().join('\n');
}
