import * as z from 'zod/mini';
import { MlflowError } from '../../mlflow/errors';
import type { LifecycleStage, MetricPoint, Step } from '../../mlflow/model';

/** Reads `value`, which lies at `place`, as `schema` says; another shape is `malformed` (`shape`) with its path. */
export function decode<T>(
  schema: z.ZodMiniType<T>,
  value: unknown,
  place: readonly PropertyKey[] = [],
): T {
  const result = z.safeParse(schema, value);
  if (result.success) {
    return result.data;
  }
  throw new MlflowError('malformed', 'shape', {
    path: pathText([...place, ...(result.error.issues[0]?.path ?? [])]),
  });
}

/** `runs[3].info.run_id`; empty for the whole reply. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** An int64: a number, a `bigint` beyond 2^53, or text as protobuf's canonical JSON has it. */
export const wireInteger = z.custom<number | bigint | string>(
  (value) =>
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    (typeof value === 'string' && /^-?\d+$/.test(value)),
);

/** A double: a number, or one of the words that JSON has no numbers for. */
const wireDouble = z.custom<number | bigint | string>(
  (value) =>
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    (typeof value === 'string' && /^(?:NaN|[+-]?Infinity|[+-]?[\d.]+(?:e[+-]?\d+)?)$/i.test(value)),
);

export const wireText = z.nullish(z.string());
export const wireTime = z.nullish(wireInteger);

/** Lists that are empty are left out of replies. */
export function wireList<T extends z.ZodMiniType>(
  item: T,
): z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniArray<T>>> {
  return z.nullish(z.array(item));
}

/** A value that is the empty text may be left out too. */
export const wireKeyValue = z.object({ key: z.string(), value: z._default(z.string(), '') });

export const wireMetric = z.object({
  key: z.string(),
  value: wireDouble,
  timestamp: wireTime,
  step: wireTime,
});

/** An int64 as a number where that is exact, else as a `bigint`. */
export function toStep(wire: number | bigint | string | null | undefined): Step {
  if (typeof wire === 'number') {
    return wire;
  }
  const exact = BigInt(wire ?? 0);
  const near = Number(exact);
  return Number.isSafeInteger(near) ? near : exact;
}

/** Milliseconds since 1970; `1e999`, which JSON allows, is no time. */
export function toTime(wire: number | bigint | string | null | undefined): number | undefined {
  const time = wire === null || wire === undefined ? undefined : Number(wire);
  return Number.isFinite(time) ? time : undefined;
}

/** SQL stores write infinities as the largest finite double. */
export function toMetricValue(wire: number | bigint | string): number {
  const value = Number(wire);
  return Math.abs(value) === Number.MAX_VALUE ? value * Infinity : value;
}

export function toMetric(wire: z.infer<typeof wireMetric>): MetricPoint {
  return {
    key: wire.key,
    value: toMetricValue(wire.value),
    timestamp: toTime(wire.timestamp) ?? 0,
    step: toStep(wire.step),
  };
}

export function toLifecycleStage(wire: string | null | undefined): LifecycleStage {
  return wire === 'deleted' ? 'deleted' : 'active';
}

/** An empty text stands for a missing one. */
export function toOptional(wire: string | null | undefined): string | undefined {
  return wire === null || wire === '' ? undefined : wire;
}
