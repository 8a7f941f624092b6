import type { KeyValue } from '../../mlflow/model';
import type { Disk } from './disk';
import { filesOfKeys } from './keyFiles';
import type { Problems } from './problems';

/** Params, tags or aliases, all of them or those of `keys`: a file for each key, with nothing but the value in it. */
export function textFields(
  disk: Disk,
  folder: string,
  problems: Problems,
  keys?: readonly string[],
): KeyValue[] {
  return filesOfKeys(disk, folder, keys).flatMap(({ key, path, facts }) => {
    const value = disk.text(path, facts);
    if (value === undefined) {
      problems.leftOut(path, 'it cannot be read');
    }
    return value === undefined ? [] : [{ key, value }];
  });
}
