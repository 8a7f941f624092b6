import { MlflowError } from '../../mlflow/errors';
import type { MetricHistory, MetricPoint } from '../../mlflow/model';
import type { Page } from '../../mlflow/trackingStore';

/** About 3 MB and one second of a server's time. */
const pageSize = 25_000;

type FetchPage = (maxResults: number, pageToken: string | undefined) => Promise<Page<MetricPoint>>;

/**
 * Reads a series page by page, at most `maxPoints` of it. MLflow 2 answers with all of it at once,
 * whatever is asked; some versions of MLflow 3 answer with empty pages without end
 * (mlflow/mlflow#23916), which is `malformed` (`paging`).
 */
export async function readMetricHistory(
  key: string,
  maxPoints: number,
  fetchPage: FetchPage,
): Promise<MetricHistory> {
  const points: MetricPoint[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await fetchPage(Math.min(pageSize, maxPoints - points.length), token);
    for (const point of page.items) {
      points.push(point);
    }
    token = page.nextPageToken;
    if (token !== undefined && (page.items.length === 0 || seen.has(token))) {
      throw new MlflowError('malformed', 'paging');
    }
    seen.add(token ?? '');
  } while (token !== undefined && points.length < maxPoints);
  const complete = token === undefined && points.length <= maxPoints;
  return toHistory(key, points.slice(0, maxPoints), complete);
}

/** The stable sort keeps the server's order where step and timestamp are equal. */
function toHistory(key: string, points: MetricPoint[], complete: boolean): MetricHistory {
  points.sort((a, b) => compare(a.step, b.step) || a.timestamp - b.timestamp);
  const exact = points.some(({ step }) => typeof step === 'bigint');
  return {
    key,
    steps: Float64Array.from(points, ({ step }) => Number(step)),
    exactSteps: exact ? BigInt64Array.from(points, ({ step }) => BigInt(step)) : undefined,
    timestamps: Float64Array.from(points, ({ timestamp }) => timestamp),
    values: Float64Array.from(points, ({ value }) => value),
    complete,
  };
}

function compare(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
