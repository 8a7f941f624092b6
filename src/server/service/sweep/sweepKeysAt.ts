import { findKey, type Keys, type KeySchema } from '../../schema/keySchema';
import {
  earlyTerminateKeys,
  metricKeys,
  sweepKeys,
  sweepParameterKeys,
} from '../../schema/sweepSchema';

/** The keys of the mapping at a path of the form; undefined where names are free, or nothing is known. */
export function sweepKeysAt(path: readonly string[]): Keys | undefined {
  const [first] = path;
  if (path.length === 0) return sweepKeys;
  if (path.length === 1 && first === 'metric') return metricKeys;
  if (path.length === 1 && first === 'early_terminate') return earlyTerminateKeys;
  return path.length === 2 && first === 'parameters' ? sweepParameterKeys : undefined;
}

export function sweepKeyAt(path: readonly string[]): KeySchema | undefined {
  const keys = sweepKeysAt(path.slice(0, -1));
  const key = path.at(-1);
  return keys && key !== undefined ? findKey(keys, key) : undefined;
}
