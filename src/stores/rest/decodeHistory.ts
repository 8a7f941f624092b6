import * as z from 'zod/mini';
import type { MetricPoint } from '../../mlflow/model';
import type { Page } from '../../mlflow/trackingStore';
import { decode, toMetric, toOptional, wireList, wireMetric, wireText } from './decode';

const wirePage = z.object({ metrics: wireList(wireMetric), next_page_token: wireText });

/** `metrics/get-history`; the points come by timestamp, then step. */
export function decodeHistoryPage(value: unknown): Page<MetricPoint> {
  const page = decode(wirePage, value);
  return {
    items: (page.metrics ?? []).map(toMetric),
    nextPageToken: toOptional(page.next_page_token),
  };
}
