import { readColumn } from './column';
import { narrowed } from './source';
import type { RelationSource } from './source';
import type { AxisChoice, Field, RelationKind, RelationSpec } from './spec';

/** Runs that are looked at to choose fields: with many, the first of them say enough. */
const lookedAt = 1000;

/** The fields that runs have: params in the order of the alphabet, those that differ first, then metrics. */
export function fieldsOfRuns(source: RelationSource): readonly Field[] {
  const keys = source.paramKeys.toSorted();
  const differing = new Set(differingParams(source));
  const params = [
    ...keys.filter((key) => differing.has(key)),
    ...keys.filter((key) => !differing.has(key)),
  ];
  return [
    ...params.map((key): Field => ({ of: 'param', key })),
    ...usualFirst(source.metricKeys).map((key): Field => ({ of: 'metric', key })),
  ];
}

/** MLflow logs what the machine does under `system/`: seldom what runs are compared for. */
function usualFirst(metricKeys: readonly string[]): readonly string[] {
  const isSystem = (key: string): boolean => key.startsWith('system/');
  return [...metricKeys.filter((key) => !isSystem(key)), ...metricKeys.filter(isSystem)];
}

/** Params that do not have one and the same value in all runs that have them, in the order of the alphabet. */
export function differingParams({ runs, paramKeys, param }: RelationSource): readonly string[] {
  const count = Math.min(runs.length, lookedAt);
  const differs = (key: string): boolean => {
    const textAt = param(key);
    let first: string | undefined;
    for (let run = 0; run < count; run++) {
      const text = textAt(run);
      if (text === undefined) continue;
      if (first === undefined) first = text;
      else if (text !== first) return true;
    }
    return false;
  };
  return paramKeys.filter(differs).sort();
}

const fewGroups = 12;

/**
 * A chart to start with: of params that differ, and of the first metrics; `undefined` where there is too little to show.
 */
export function firstRelation(kind: RelationKind, runs: RelationSource): RelationSpec | undefined {
  const source = narrowed(runs, () => true, lookedAt);
  const axis =
    (of: Field['of']) =>
    (key: string): AxisChoice => ({ field: { of, key } });
  const differing = differingParams(source);
  const params = differing.map(axis('param'));
  const metrics = usualFirst(source.metricKeys).map(axis('metric'));
  const [metric] = metrics;
  switch (kind) {
    case 'parallel': {
      const axes = [...params.slice(0, 6), ...metrics.slice(0, 2)];
      return axes.length > 1 ? { kind, axes } : undefined;
    }
    case 'scatter': {
      const [x, y] = [...ofNumbers(params, source).slice(0, 1), ...metrics];
      return x && y && { kind, x, y };
    }
    case 'contour': {
      const [x, y, z] = [...ofNumbers(params, source).slice(0, 2), ...metrics];
      return x && y && z && { kind, x, y, z };
    }
    case 'box': {
      const by = groupingParam(source, differing) ?? differing[0];
      return by !== undefined && metric ? { kind, x: axis('param')(by), y: metric } : undefined;
    }
  }
}

/** Those of the first params that are numbers in all runs. */
function ofNumbers(params: readonly AxisChoice[], source: RelationSource): AxisChoice[] {
  return params.slice(0, 50).filter(({ field }) => !readColumn(field, source).labels);
}

/** The first param that puts runs into a few groups, of which one holds more than one run. */
function groupingParam(
  { runs, param }: RelationSource,
  candidates: readonly string[],
): string | undefined {
  return candidates.find((key) => {
    const textAt = param(key);
    const texts = new Set<string>();
    let count = 0;
    for (let run = 0; run < runs.length && texts.size <= fewGroups; run++) {
      const text = textAt(run);
      if (text === undefined) continue;
      count++;
      texts.add(text);
    }
    return texts.size <= fewGroups && texts.size < count;
  });
}
