import type { Direction } from '../kit/direction';
import { defaultChartsLayout, readChartsLayout, writeChartsLayout } from '../charts/chartsLayout';
import type { ChartsLayout } from '../charts/chartsLayout';
import { fieldsOf } from '../kit/fields';
import { readDirections, readOnlyDifferences, writeDirections } from '../differences/setup';
import { changedAtOf, latestOf } from '../kit/latestLayout';
import { readRelation } from '../relations/spec';
import type { RelationSpec } from '../relations/spec';

/** The tables of the page, in the order in which they stand. */
export const tableNames = ['parameters', 'metrics', 'tags', 'attributes'] as const;

export type TableName = (typeof tableNames)[number];

/** How the page is set up; remembered for the server and the experiments of its runs. */
export interface Layout extends ChartsLayout {
  /** When a person last changed it, in milliseconds since 1970; 0 where nobody has. */
  readonly changedAt: number;
  readonly onlyDifferences: Readonly<Record<TableName, boolean>>;
  /** Which way is better, by metric, where a person said it. */
  readonly directions: ReadonlyMap<string, Direction>;
  /** Charts of params against metrics. */
  readonly relations: readonly RelationSpec[];
}

export const defaultLayout: Layout = {
  ...defaultChartsLayout,
  changedAt: 0,
  onlyDifferences: { parameters: true, metrics: true, tags: true, attributes: true },
  folded: new Set(['tags', 'attributes']),
  directions: new Map(),
  relations: [],
};

const mostRelations = 20;
const longestRelation = 20_000;

function relationsOf(value: unknown): readonly RelationSpec[] {
  const specs = Array.isArray(value) ? (value as unknown[]).slice(0, mostRelations) : [];
  return specs.flatMap((spec) => readRelation(spec) ?? []);
}

/** Reads what {@link writeLayout} wrote, or whatever else was remembered: what is wrong is as usual. */
export function readLayout(remembered: unknown): Layout {
  const fields = fieldsOf(remembered);
  return {
    ...readChartsLayout(remembered, defaultLayout.folded),
    changedAt: changedAtOf(fields['changedAt']),
    onlyDifferences: readOnlyDifferences(fields['onlyDifferences'], tableNames),
    directions: readDirections(fields['directions']),
    relations: relationsOf(fields['relations']),
  };
}

/** The layout that was changed last: what this tab kept, or what is remembered for its experiments. */
export function latestLayout(kept: unknown, remembered: unknown): Layout {
  return latestOf(readLayout, kept, remembered);
}

/** The layout as JSON of bounded size: keys beyond measure are not remembered. */
export function writeLayout(layout: Layout): unknown {
  const { changedAt, onlyDifferences, directions, relations } = layout;
  return {
    ...writeChartsLayout(layout),
    changedAt,
    onlyDifferences,
    directions: writeDirections(directions),
    relations: relations
      .filter((relation) => JSON.stringify(relation).length <= longestRelation)
      .slice(0, mostRelations),
  };
}
