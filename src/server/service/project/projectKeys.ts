import { findKey, type Keys, type KeySchema } from '../../schema/keySchema';
import {
  dockerKeys,
  entryPointKeys,
  parameterKeys,
  rootKeys,
  sparkJobKeys,
} from '../../schema/mlprojectSchema';

/** The keys of the mapping at a path of an MLproject; undefined where names are free, or nothing is known. */
export function keysAt(path: readonly string[]): Keys | undefined {
  const [first, , third] = path;
  switch (path.length) {
    case 0:
      return rootKeys;
    case 1:
      return first === 'docker_env'
        ? dockerKeys
        : first === 'databricks_spark_job'
          ? sparkJobKeys
          : undefined;
    case 2:
      return first === 'entry_points' ? entryPointKeys : undefined;
    case 4:
      return first === 'entry_points' && third === 'parameters' ? parameterKeys : undefined;
  }
  return undefined;
}

export function keyAt(path: readonly string[]): KeySchema | undefined {
  const keys = keysAt(path.slice(0, -1));
  const key = path.at(-1);
  return keys && key !== undefined ? findKey(keys, key) : undefined;
}
