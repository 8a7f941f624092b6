import { MlflowError } from '../../mlflow/errors';
import type { MetricHistory } from '../../mlflow/model';
import { type SampleOptions, type ServerInfo, sampledPoints } from '../../mlflow/trackingStore';
import { PointList } from '../series/pointList';
import type { Api, ApiRequest } from './api';
import { type HistoryPage, readHistoryPage } from './decodeHistory';
import { readMetricHistory } from './metricHistory';
import { isLong, pointsOfStretch, readStretches, stretchesOf } from './stretches';

/** The most points that `metrics/get-history-bulk` gives of all runs together. */
const mostFirst = 25_000;

const leastStep = -(2n ** 63n);
const greatestStep = 2n ** 63n - 1n;

/** The series of metrics, whole or sampled by the server. */
export class RestHistories {
  constructor(private readonly api: Api) {}

  /** All points, page by page, at most `maxPoints`. */
  whole(
    runId: string,
    key: string,
    maxPoints: number,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    const readPage = (
      points: PointList,
      maxResults: number,
      pageToken: string | undefined,
    ): Promise<HistoryPage> => {
      const query = new URLSearchParams({
        run_id: runId,
        metric_key: key,
        max_results: String(maxResults),
        ...(pageToken !== undefined && { page_token: pageToken }),
      });
      return this.read({ method: 'GET', call: 'metrics/get-history', query }, points, signal);
    };
    return readMetricHistory(key, maxPoints, readPage, signal);
  }

  /**
   * What a server gives soonest: the whole series where that is short, else what it samples. A server without
   * such calls is asked for the first points.
   */
  async sampled(
    runId: string,
    key: string,
    options: SampleOptions,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    const info = await this.api.serverInfo(signal);
    const from = samplesRows(info) ? options.fromStep : undefined;
    const soon = samplesRows(info)
      ? this.stretches(runId, key, from === undefined ? options.lastStep : undefined, signal)
      : this.first(runId, key, signal);
    const sampled =
      (await unlessMissing(soon)) ?? (await unlessMissing(this.interval(runId, key, from, signal)));
    if (sampled !== undefined) {
      return sampled;
    }
    const most = info.can.pagedHistory ? sampledPoints : Infinity;
    return this.whole(runId, key, most, signal);
  }

  /** The whole series, unless it is longer than what this call gives at most. */
  private async first(
    runId: string,
    key: string,
    signal: AbortSignal,
  ): Promise<MetricHistory | undefined> {
    const query = new URLSearchParams({
      run_id: runId,
      metric_key: key,
      max_results: String(mostFirst),
    });
    const points = new PointList();
    const call = 'metrics/get-history-bulk';
    await this.read({ method: 'GET', call, query, ofPages: true }, points, signal);
    return points.count < mostFirst ? points.toHistory(key, Infinity, signal) : undefined;
  }

  /** Some stretches of a long series; `undefined` for others. */
  private async stretches(
    runId: string,
    key: string,
    lastStep: number | undefined,
    signal: AbortSignal,
  ): Promise<MetricHistory | undefined> {
    if (!isLong(lastStep)) {
      return undefined;
    }
    const points = new PointList();
    const isPicture = await readStretches(stretchesOf(lastStep), (stretch) =>
      this.readInterval(runId, key, stretch, points, signal, pointsOfStretch),
    );
    if (!isPicture) {
      return undefined;
    }
    return { ...(await points.toHistory(key, Infinity, signal)), complete: false };
  }

  /**
   * The points from a step on, as many as a server gives. Without a range, some leave out what is before step 0. Fewer
   * than the limit are all there are: what is sampled by step may be more than the limit, but never less.
   */
  private async interval(
    runId: string,
    key: string,
    fromStep: number | undefined,
    signal: AbortSignal,
  ): Promise<MetricHistory> {
    const points = new PointList();
    const steps = { from: wireStep(fromStep), to: greatestStep };
    const count = await this.readInterval(runId, key, steps, points, signal);
    const history = await points.toHistory(key, Infinity, signal);
    return { ...history, complete: count < sampledPoints };
  }

  private async readInterval(
    runId: string,
    key: string,
    steps: { readonly from: number | bigint; readonly to: number | bigint },
    points: PointList,
    signal: AbortSignal,
    most = sampledPoints,
  ): Promise<number> {
    const query = new URLSearchParams({
      run_ids: runId,
      metric_key: key,
      max_results: String(most),
      start_step: String(steps.from),
      end_step: String(steps.to),
    });
    const call = 'metrics/get-history-bulk-interval';
    return (await this.read({ method: 'GET', call, query }, points, signal)).count;
  }

  private read(request: ApiRequest, points: PointList, signal: AbortSignal): Promise<HistoryPage> {
    const read = (text: string): Promise<HistoryPage> => readHistoryPage(text, points, signal);
    return this.api.askForLong(request, read, signal);
  }
}

/**
 * Whether intervals are cheap and right: sampled by row, in the database. Before that MLflow read the whole series to sample
 * its steps, and lost most points of an interval that does not begin with the first step.
 */
function samplesRows({ version, storeType }: ServerInfo): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return storeType === 'SqlStore' && (major > 3 || (major === 3 && minor >= 17));
}

function wireStep(step: number | undefined): bigint {
  if (step === undefined || !(step > Number(leastStep))) {
    return leastStep;
  }
  return step < Number(greatestStep) ? BigInt(Math.floor(step)) : greatestStep;
}

/** `undefined` where a server, or a proxy in front of it, does not know the call. */
async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof MlflowError && error.detail.status === 404) {
      return undefined;
    }
    throw error;
  }
}
