import type { KeyValue } from '../../mlflow/model';
import type { Disk } from './disk';
import { keyFiles } from './keyFiles';
import type { Problems } from './problems';

/** Params, tags or aliases: one file for each key, with nothing but the value in it. */
export function textFields(disk: Disk, folder: string, problems: Problems): KeyValue[] {
  return keyFiles(disk, folder).flatMap(({ key, path, facts }) => {
    const value = disk.text(path, facts);
    if (value === undefined) {
      problems.leftOut(path, 'it cannot be read');
    }
    return value === undefined ? [] : [{ key, value }];
  });
}
