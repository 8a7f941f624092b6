import type { ComparedRun, SeriesData } from '../../../../src/protocol/comparePage';
import { chartModel, type ChartModel, type ChartRun } from '../../../../webview/charts/chartModel';
import { type CurveChoice, CurveMaker } from '../../../../webview/charts/curves';

/** A series with a point at every step from 0 on, one second apart. */
export function series(values: ArrayLike<number>, complete = true): SeriesData {
  const steps = Float64Array.from({ length: values.length }, (_, at) => at);
  return {
    steps,
    exactSteps: undefined,
    timestamps: steps.map((step) => 1000 * step),
    values: Float64Array.from(values),
    complete,
  };
}

/** A run of a chart whose series is `data`, or not read yet. */
export function chartRun(name: string, data?: SeriesData, more: Partial<ChartRun> = {}): ChartRun {
  const run: ComparedRun = {
    key: name,
    runId: `id of ${name}`,
    name,
    experimentName: 'lab',
    connection: 'here',
    standing: 'ready',
    status: 'FINISHED',
    deleted: false,
    startTime: undefined,
    color: 0,
    params: [],
    tags: [],
    attributes: [],
    metrics: {
      keys: new Uint32Array(),
      values: new Float64Array(),
      steps: new Float64Array(),
      timestamps: new Float64Array(),
    },
  };
  return {
    run,
    style: { color: '#123456', dash: [] },
    latest: { value: 1, step: 9, timestamp: 0 },
    status: { data, isAsked: false, problem: undefined },
    otherLatest: undefined,
    other: undefined,
    group: undefined,
    ...more,
  };
}

export const plainChoice: CurveChoice = { axis: 'step', logX: false, logY: false, smoothing: 0 };

export function modelOf(runs: readonly ChartRun[], choice: Partial<CurveChoice> = {}): ChartModel {
  return chartModel(runs, { ...plainChoice, ...choice }, new CurveMaker());
}
