import type { ComparedRun, SeriesData } from '../../src/protocol/comparePage';
import { toOneLine } from '../../src/mlflow/format';
import { meanAndSpread } from '../../src/mlflow/series/spread';
import { Pyramid } from '../../src/mlflow/series/pyramid';
import { type CurveChoice, type CurveMaker, extentOf, type PreparedCurve } from './curves';
import type { LatestPoint } from './latestPoint';
import type { Band } from './paintLines';
import { type Range, union } from './range';
import type { SeriesStatus } from './seriesCache';

/** How a run is drawn, the same everywhere on the page. */
export interface RunStyle {
  readonly color: string;
  /** Lengths of dashes and gaps in pixels; empty for a full line. */
  readonly dash: readonly number[];
}

/** A run that has the metric, with what is there of it. */
export interface ChartRun {
  readonly run: ComparedRun;
  readonly style: RunStyle;
  readonly latest: LatestPoint;
  /** Its latest point of the metric of the horizontal axis, where that is one and the run has it. */
  readonly otherLatest: LatestPoint | undefined;
  readonly status: SeriesStatus;
  /** The metric of the horizontal axis, where that is one. */
  readonly other: SeriesStatus | undefined;
  /** What the runs are grouped by, where they are. */
  readonly group: string | undefined;
}

/** One line of a chart: a run's, or the mean of a group. */
export interface ChartLine {
  /** The run's key, or the group's name. */
  readonly id: string;
  readonly name: string;
  readonly style: RunStyle;
  readonly prepared: PreparedCurve;
  readonly band: Band | undefined;
}

/** Everything a chart shows, at any zoom. */
export interface ChartModel {
  readonly kind: 'line' | 'bar';
  readonly runs: readonly ChartRun[];
  readonly lines: readonly ChartLine[];
  readonly extent: Range | undefined;
}

/** Puts together what is there. Until a series has come its latest point stands for it. */
export function chartModel(
  runs: readonly ChartRun[],
  choice: CurveChoice,
  maker: CurveMaker,
): ChartModel {
  if (isBars(runs, choice)) return { kind: 'bar', runs, lines: [], extent: undefined };
  maker.keepOnly(new Set(runs.map(({ run }) => run.key)));
  const single = runs.flatMap((one): ChartLine[] => lineOf(one, choice, maker));
  const isGrouped = runs.some(({ group }) => group !== undefined);
  const lines = isGrouped ? groupLines(runs, single, choice) : single;
  let extent: Range | undefined;
  for (const { prepared } of lines) extent = union(extent, extentOf(prepared.curve));
  return { kind: 'line', runs, lines, extent };
}

/**
 * Bars tell more than lines of one point each. What is not read yet counts by its latest step: a metric that was
 * logged once has 0 there, as MLflow gives it where nobody said any.
 */
function isBars(runs: readonly ChartRun[], choice: CurveChoice): boolean {
  if (choice.axis === 'metric') return false;
  return runs.every(({ status, latest }) =>
    status.data === undefined ? latest.step === 0 : status.data.values.length <= 1,
  );
}

function lineOf(one: ChartRun, choice: CurveChoice, maker: CurveMaker): ChartLine[] {
  const { run, style, status, latest, other } = one;
  const series = status.data ?? pointSeries(latest);
  if (choice.axis === 'metric' && other?.data === undefined) return [];
  const source = { series, other: other?.data, start: run.startTime };
  const prepared = maker.curve(run.key, source, choice);
  return [{ id: run.key, name: run.name, style, prepared, band: undefined }];
}

const pointSeriesOf = new WeakMap<LatestPoint, SeriesData>();

function pointSeries(latest: LatestPoint): SeriesData {
  let series = pointSeriesOf.get(latest);
  if (series === undefined) {
    series = {
      steps: Float64Array.of(latest.step),
      exactSteps: undefined,
      timestamps: Float64Array.of(latest.timestamp),
      values: Float64Array.of(latest.value),
      complete: false,
    };
    pointSeriesOf.set(latest, series);
  }
  return series;
}

/** A mean with its spread for each group; single runs are not drawn then. */
function groupLines(
  runs: readonly ChartRun[],
  single: readonly ChartLine[],
  choice: CurveChoice,
): ChartLine[] {
  const groups = new Map<string, ChartLine[]>();
  const groupOf = new Map(runs.map(({ run, group }) => [run.key, group ?? '']));
  for (const line of single) {
    const group = groupOf.get(line.id) ?? '';
    groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  return [...groups].map(([name, lines]) => groupLine(name, lines, choice));
}

function groupLine(
  id: string,
  lines: readonly ChartLine[],
  { logX, logY }: CurveChoice,
): ChartLine {
  const curves = lines.map(({ prepared }) => prepared.line.curve);
  const { x, mean, low, high } = meanAndSpread(curves, logX ? 'log' : 'linear');
  const sum = (count: (prepared: PreparedCurve) => number): number =>
    lines.reduce((total, { prepared }) => total + count(prepared), 0);
  const leftOut = {
    unpaired: sum(({ curve }) => curve.leftOut.unpaired),
    notFinite: sum(({ curve }) => curve.leftOut.notFinite),
    notPositive: sum(({ curve }) => curve.leftOut.notPositive),
  };
  const curve = { x, y: mean, source: Uint32Array.from(x, (_, at) => at), leftOut };
  const notPositive = sum((prepared) => prepared.notPositive);
  // On a logarithmic axis a spread that reaches down to 0 reaches the lower edge.
  const floor = logY ? low.map((value) => Math.max(value, Number.MIN_VALUE)) : low;
  return {
    id,
    name: toOneLine(id, 80),
    style: lines[0]!.style,
    prepared: { curve, line: new Pyramid(curve), faint: undefined, notPositive },
    band: { x, low: floor, high },
  };
}
