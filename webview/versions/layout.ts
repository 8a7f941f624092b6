import { readDirections, readOnlyDifferences, writeDirections } from '../differences/setup';
import type { Direction } from '../kit/direction';
import { fieldsOf, shortTexts, textsOf } from '../kit/fields';
import { changedAtOf, latestOf } from '../kit/latestLayout';

/** The tables of the page, in the order in which they stand. */
export const tableNames = ['attributes', 'parameters', 'metrics', 'signature', 'tags'] as const;

export type TableName = (typeof tableNames)[number];

/** How the page is set up; remembered in the workspace. */
export interface Layout {
  /** When a person last changed it, in milliseconds since 1970; 0 where nobody has. */
  readonly changedAt: number;
  readonly folded: ReadonlySet<string>;
  readonly onlyDifferences: Readonly<Record<TableName, boolean>>;
  /** Which way is better, by metric, where a person said it. */
  readonly directions: ReadonlyMap<string, Direction>;
}

export const defaultLayout: Layout = readLayout(undefined);

/** Reads what {@link writeLayout} wrote, or whatever else was remembered: what is wrong is as usual. */
export function readLayout(remembered: unknown): Layout {
  const { changedAt, folded, onlyDifferences, directions } = fieldsOf(remembered);
  return {
    changedAt: changedAtOf(changedAt),
    folded: new Set(textsOf(folded)),
    onlyDifferences: readOnlyDifferences(onlyDifferences, tableNames),
    directions: readDirections(directions),
  };
}

/** The layout that was changed last: what this tab kept, or what is remembered. */
export function latestLayout(kept: unknown, remembered: unknown): Layout {
  return latestOf(readLayout, kept, remembered);
}

/** The layout as JSON of bounded size. */
export function writeLayout({ changedAt, folded, onlyDifferences, directions }: Layout): unknown {
  return {
    changedAt,
    folded: shortTexts(folded),
    onlyDifferences,
    directions: writeDirections(directions),
  };
}
