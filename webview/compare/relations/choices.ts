import type { ComparedRun } from '../../../src/protocol/comparePage';
import { readColumn } from './column';
import type { AxisChoice, Field, RelationKind, RelationSpec } from './spec';

/** The fields that runs have: params in the order of the alphabet, those that differ first, then metrics. */
export function fieldsOfRuns(
  runs: readonly ComparedRun[],
  metricKeys: readonly string[],
): readonly Field[] {
  const keys = [...new Set(runs.flatMap(({ params }) => params.map(({ key }) => key)))].sort();
  const differing = new Set(differingParams(runs));
  const params = [
    ...keys.filter((key) => differing.has(key)),
    ...keys.filter((key) => !differing.has(key)),
  ];
  return [
    ...params.map((key): Field => ({ of: 'param', key })),
    ...usualFirst(metricKeys).map((key): Field => ({ of: 'metric', key })),
  ];
}

/** MLflow logs what the machine does under `system/`: seldom what runs are compared for. */
function usualFirst(metricKeys: readonly string[]): readonly string[] {
  const isSystem = (key: string): boolean => key.startsWith('system/');
  return [...metricKeys.filter((key) => !isSystem(key)), ...metricKeys.filter(isSystem)];
}

/** Params that do not have one and the same value in all runs that have them, in the order of the alphabet. */
export function differingParams(runs: readonly ComparedRun[]): readonly string[] {
  const first = new Map<string, string>();
  const differing = new Set<string>();
  for (const { params } of runs) {
    for (const { key, text, full } of params) {
      const before = first.get(key);
      if (before === undefined) first.set(key, full ?? text);
      else if (before !== (full ?? text)) differing.add(key);
    }
  }
  return [...differing].sort();
}

const fewGroups = 12;

/**
 * A chart to start with: of params that differ, and of the first metrics; `undefined` where there is too little to show.
 */
export function firstRelation(
  kind: RelationKind,
  runs: readonly ComparedRun[],
  metricKeys: readonly string[],
): RelationSpec | undefined {
  const axis =
    (of: Field['of']) =>
    (key: string): AxisChoice => ({ field: { of, key } });
  const differing = differingParams(runs);
  const params = differing.map(axis('param'));
  const metrics = usualFirst(metricKeys).map(axis('metric'));
  const [metric] = metrics;
  switch (kind) {
    case 'parallel': {
      const axes = [...params.slice(0, 6), ...metrics.slice(0, 2)];
      return axes.length > 1 ? { kind, axes } : undefined;
    }
    case 'scatter': {
      const [x, y] = [...ofNumbers(params, runs).slice(0, 1), ...metrics];
      return x && y && { kind, x, y };
    }
    case 'contour': {
      const [x, y, z] = [...ofNumbers(params, runs).slice(0, 2), ...metrics];
      return x && y && z && { kind, x, y, z };
    }
    case 'box': {
      const by = groupingParam(runs, differing) ?? differing[0];
      return by !== undefined && metric ? { kind, x: axis('param')(by), y: metric } : undefined;
    }
  }
}

/** Those of the first params that are numbers in all runs. */
function ofNumbers(params: readonly AxisChoice[], runs: readonly ComparedRun[]): AxisChoice[] {
  return params.slice(0, 50).filter(({ field }) => !readColumn(field, runs, []).labels);
}

/** The first param that puts runs into a few groups, of which one holds more than one run. */
function groupingParam(
  runs: readonly ComparedRun[],
  candidates: readonly string[],
): string | undefined {
  const groups = new Map(candidates.map((key) => [key, { count: 0, texts: new Set<string>() }]));
  for (const { params } of runs) {
    for (const { key, text, full } of params) {
      const group = groups.get(key);
      if (!group) continue;
      group.count++;
      if (group.texts.size <= fewGroups) group.texts.add(full ?? text);
    }
  }
  return candidates.find((key) => {
    const { count = 0, texts = new Set() } = groups.get(key) ?? {};
    return texts.size <= fewGroups && texts.size < count;
  });
}
