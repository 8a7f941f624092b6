import { MlflowError } from '../../mlflow/errors';
import type { MetricHistory } from '../../mlflow/model';
import { PointList } from '../series/pointList';
import type { HistoryPage } from './decodeHistory';

/**
 * About 6 MB and two seconds of a server's time. A server passes over all earlier points before each page, and does
 * no better with several pages at once.
 */
const pageSize = 50_000;

/** Adds the points of one page to those that came before. */
type ReadPage = (
  points: PointList,
  maxResults: number,
  pageToken: string | undefined,
) => Promise<HistoryPage>;

/**
 * Reads a series page by page, at most `maxPoints` of it. MLflow 2 answers with all of it at once,
 * whatever is asked; some versions of MLflow 3 answer with empty pages without end
 * (mlflow/mlflow#23916), which is `malformed` (`paging`).
 */
export async function readMetricHistory(
  key: string,
  maxPoints: number,
  readPage: ReadPage,
  signal: AbortSignal,
): Promise<MetricHistory> {
  const points = new PointList();
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await readPage(points, Math.min(pageSize, maxPoints - points.count), token);
    token = page.nextPageToken;
    if (token !== undefined && (page.count === 0 || seen.has(token))) {
      throw new MlflowError('malformed', 'paging');
    }
    seen.add(token ?? '');
  } while (token !== undefined && points.count < maxPoints);
  const history = await points.toHistory(key, maxPoints, signal);
  return { ...history, complete: history.complete && token === undefined };
}
