import { setImmediate } from 'node:timers/promises';
import * as z from 'zod/mini';
import { MlflowError } from '../../mlflow/errors';
import type { PointList } from '../series/pointList';
import { decode, toMetric, toMetricValue, toOptional, wireMetric, wireText } from './decode';
import { parseJson } from './json';

/** What a reply held beside the points. */
export interface HistoryPage {
  readonly count: number;
  readonly nextPageToken: string | undefined;
}

/** The points are checked one by one, most of them without zod, which takes ten times as long as reading them. */
const wirePage = z.object({
  metrics: z.nullish(z.custom<readonly unknown[]>(Array.isArray)),
  next_page_token: wireText,
});

const listStart = /^\s*\{\s*"metrics"\s*:\s*\[/;

/** Characters that are parsed in one go: some milliseconds. */
const pieceLength = 2 ** 20;

/**
 * Reads the points of a reply of `metrics/get-history` or one of its kin into `points`, and lets other work of this
 * thread through meanwhile: MLflow 2 answers with 125 MB for a million points. Rejects with `malformed`
 * (`shape`) for another shape, with an `AbortError` once `signal` fires, and with a `SyntaxError` for no JSON.
 */
export async function readHistoryPage(
  text: string,
  points: PointList,
  signal: AbortSignal,
): Promise<HistoryPage> {
  const before = points.count;
  let at = listStart.exec(text)?.[0].length ?? 0;
  while (at > 0) {
    const end = text.indexOf('},', at + pieceLength) + 1;
    const piece = end > 0 ? parsedPiece(text.slice(at, end)) : undefined;
    if (piece === undefined) {
      break;
    }
    addPoints(piece, points, before);
    at = end + 1;
    await setImmediate(undefined, { signal });
  }
  const rest = parsedPage(at > 0 ? `{"metrics":[${text.slice(at)}` : text);
  addPoints(rest.metrics ?? [], points, before);
  return { count: points.count - before, nextPageToken: toOptional(rest.next_page_token) };
}

/** `undefined` where the cut went through a string: what begins outside of one and parses was cut outside of all. */
function parsedPiece(text: string): readonly unknown[] | undefined {
  try {
    return parsedPage(`{"metrics":[${text}]}`).metrics ?? [];
  } catch {
    return undefined;
  }
}

/** Parses natively, and anew where that lost digits of a step or stumbled over a bare word. */
function parsedPage(text: string): z.infer<typeof wirePage> {
  let page;
  try {
    page = decode(wirePage, JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
  }
  return page?.metrics?.some(hasRoundedStep) === false ? page : decode(wirePage, parseJson(text));
}

function hasRoundedStep(wire: unknown): boolean {
  const { step } = (wire ?? {}) as { readonly step?: unknown };
  return typeof step === 'number' && !Number.isSafeInteger(step);
}

/** `before` is how many points there were before this reply. */
function addPoints(wires: readonly unknown[], points: PointList, before: number): void {
  for (const wire of wires) {
    if (isOrdinary(wire)) {
      points.add(wire.step, wire.timestamp, toMetricValue(wire.value));
    } else {
      addOdd(wire, points, points.count - before);
    }
  }
}

interface OrdinaryPoint {
  readonly step: number;
  readonly timestamp: number;
  readonly value: number;
}

function isOrdinary(wire: unknown): wire is OrdinaryPoint {
  const { key, step, timestamp, value } = (wire ?? {}) as Record<string, unknown>;
  return (
    typeof key === 'string' &&
    typeof value === 'number' &&
    Number.isFinite(step) &&
    Number.isFinite(timestamp)
  );
}

/** Words instead of numbers, integers beyond 2^53, missing fields, or something else altogether. */
function addOdd(wire: unknown, points: PointList, index: number): void {
  const { step, timestamp, value } = toMetric(decode(wireMetric, wire, ['metrics', index]));
  if (!Number.isFinite(Number(step))) {
    throw new MlflowError('malformed', 'shape', { path: `metrics[${index}].step` });
  }
  points.add(step, timestamp, value);
}
