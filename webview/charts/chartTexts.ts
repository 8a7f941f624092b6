import * as l10n from '@vscode/l10n';

import { formatShort } from '../../src/mlflow/format';
import { summarize, type Summary } from '../../src/mlflow/series/summary';
import type { SeriesData } from '../../src/protocol/comparePage';
import type { ChartSpec } from './chart';
import type { ChartModel, ChartRun } from './chartModel';

/** How many points a chart shows, and of how many. */
export interface Counts {
  readonly drawn: number;
  readonly sampledPoints: number;
  readonly locale: string;
  readonly logX: boolean;
  readonly logY: boolean;
}

/** With how many points the lines of series that were read are drawn, faint lines behind them left aside. */
export function pointsDrawn({ runs }: ChartModel, spec: ChartSpec | undefined): number {
  if (spec?.kind !== 'line') return 0;
  const unread = new Set(
    runs.filter(({ status }) => status.data === undefined).map(({ run }) => run.key),
  );
  return spec.lines
    .filter(({ run, isFaint }) => !isFaint && !unread.has(run))
    .reduce((sum, { points }) => sum + points.x.length, 0);
}

/** What stands below a chart, in pieces: what is seen of what is there, and what is not to be seen. */
export function captionOf(model: ChartModel, counts: Counts): string[] {
  const number = new Intl.NumberFormat(counts.locale);
  return [
    pointCount(model, counts, number),
    ...waiting(model.runs, number),
    ...leftOut(model, counts, number),
    ...oddPoints(model, number),
  ].filter((piece) => piece !== '');
}

function pointCount(
  { runs, kind, lines }: ChartModel,
  { drawn, sampledPoints }: Counts,
  number: Intl.NumberFormat,
): string {
  if (kind === 'bar') return runCount(runs.length, number);
  const read = runs.filter(({ status }) => status.data !== undefined);
  if (read.length === 0) return '';
  if (!read.every(({ status }) => status.data?.complete === true)) {
    return l10n.t('sampled, up to {0} points a run', number.format(sampledPoints));
  }
  const there = read.reduce((sum, { status }) => sum + status.data!.values.length, 0);
  if (lines.some(({ band }) => band !== undefined)) {
    return l10n.t('means of {0} points', number.format(there));
  }
  return l10n.t('{0} of {1} points', number.format(drawn), number.format(there));
}

function runCount(count: number, number: Intl.NumberFormat): string {
  if (count === 0) return l10n.t('All runs with this metric are hidden.');
  return count === 1 ? l10n.t('1 run') : l10n.t('{0} runs', number.format(count));
}

function waiting(runs: readonly ChartRun[], number: Intl.NumberFormat): string[] {
  const left = runs.filter(
    ({ status, other }) =>
      (status.data === undefined && status.problem === undefined) ||
      (other !== undefined && other.data === undefined && other.problem === undefined),
  );
  if (left.length > 0) {
    return [
      l10n.t('reading {0} of {1} runs…', number.format(left.length), number.format(runs.length)),
    ];
  }
  const refined = runs.some(({ status }) => status.isAsked && status.data?.complete === false);
  return refined ? [l10n.t('reading more…')] : [];
}

function leftOut(
  { lines }: ChartModel,
  { logX, logY }: Counts,
  number: Intl.NumberFormat,
): string[] {
  const sum = (count: (line: ChartModel['lines'][number]) => number): number =>
    lines.reduce((total, line) => total + count(line), 0);
  const pieces: string[] = [];
  const below = logY ? sum(({ prepared }) => prepared.notPositive) : 0;
  if (below > 0) {
    pieces.push(
      l10n.t('{0} values at or below 0 are not on a logarithmic axis', number.format(below)),
    );
  }
  const left = logX ? sum(({ prepared }) => prepared.curve.leftOut.notPositive) : 0;
  if (left > 0) {
    pieces.push(
      l10n.t('{0} points at or left of 0 are not on a logarithmic axis', number.format(left)),
    );
  }
  const unpaired = sum(
    ({ prepared }) => prepared.curve.leftOut.unpaired + prepared.curve.leftOut.notFinite,
  );
  if (unpaired > 0) {
    pieces.push(l10n.t('{0} points have no value on this axis', number.format(unpaired)));
  }
  return pieces;
}

function oddPoints({ lines, kind, runs }: ChartModel, number: Intl.NumberFormat): string[] {
  // A mean passes over what is not finite.
  const isOfRuns = kind === 'bar' || lines.some(({ band }) => band !== undefined);
  const found = isOfRuns
    ? runs.map(({ status, latest }) => summaryOfRun(status.data, latest.value))
    : lines.map(({ prepared }) => summaryOfValues(prepared.curve.y));
  const sum = (count: (summary: Summary) => number): number =>
    found.reduce((total, summary) => total + count(summary), 0);
  const nan = sum((summary) => summary.nan);
  const infinite = sum((summary) => summary.infinite);
  return [
    nan > 0 ? l10n.t('{0} NaN', number.format(nan)) : '',
    infinite > 0 ? l10n.t('{0} infinite', number.format(infinite)) : '',
  ];
}

const summaries = new WeakMap<Float64Array, Summary>();

/** Summing up takes a while for many points; they are never changed in place. */
export function summaryOfValues(values: Float64Array): Summary {
  let summary = summaries.get(values);
  if (summary === undefined) {
    summary = summarize(values);
    summaries.set(values, summary);
  }
  return summary;
}

/** What is there of a run: its series, or its latest value until that has come. */
function summaryOfRun(data: SeriesData | undefined, latest: number): Summary {
  return data ? summaryOfValues(data.values) : summarize(Float64Array.of(latest));
}

/** A chart in words, for who does not see it: runs, points drawn of points there, lowest and highest value. */
export function summaryOf(model: ChartModel, counts: Counts): string {
  const number = new Intl.NumberFormat(counts.locale);
  const { runs } = model;
  const extremes = extremesOf(model);
  const pieces = [
    runCount(runs.length, number),
    ...captionOf(model, counts).slice(model.kind === 'bar' ? 1 : 0),
  ];
  if (extremes !== undefined) {
    pieces.push(
      l10n.t('lowest {0} ({1})', formatShort(extremes.min.value), extremes.min.name),
      l10n.t('highest {0} ({1})', formatShort(extremes.max.value), extremes.max.name),
    );
  }
  return pieces.join(', ');
}

interface Extreme {
  readonly value: number;
  readonly name: string;
}

function extremesOf(model: ChartModel): { min: Extreme; max: Extreme } | undefined {
  let min: Extreme | undefined;
  let max: Extreme | undefined;
  for (const { run, status, latest } of model.runs) {
    const found = summaryOfRun(status.data, latest.value);
    const { name } = run;
    if (found.min && !(min && min.value <= found.min.value)) min = { value: found.min.value, name };
    if (found.max && !(max && max.value >= found.max.value)) max = { value: found.max.value, name };
  }
  return min && max ? { min, max } : undefined;
}

/** Sentences for what could not be read, each once. */
export function problemsOf({ runs }: ChartModel): string[] {
  const names = new Map<string, string[]>();
  for (const { run, status, other } of runs) {
    const problem = status.problem ?? other?.problem;
    if (problem !== undefined) names.set(problem, [...(names.get(problem) ?? []), run.name]);
  }
  return [...names].map(([problem, runs]) =>
    runs.length === 1
      ? l10n.t('{0} could not be read: {1}', runs[0]!, problem)
      : l10n.t('{0} runs could not be read: {1}', runs.length, problem),
  );
}
