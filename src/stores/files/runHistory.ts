import { join } from 'node:path';
import type { MetricHistory } from '../../mlflow/model';
import { MlflowError } from '../../mlflow/errors';
import { keyFile } from './keyFiles';
import { readWholeLines } from './metricFile';
import { MetricLines } from './metricLines';
import { PointColumns } from './pointColumns';
import type { Shelf } from './shelf';

/**
 * All points of a metric of the run in a folder, at most `maxPoints`, the first ones of the file; empty for an unknown key. Broken
 * lines are left out and said in the log.
 */
export async function readRunHistory(
  shelf: Shelf,
  runFolder: string,
  key: string,
  maxPoints: number,
  signal: AbortSignal,
): Promise<MetricHistory> {
  const file = keyFile(shelf.disk, join(runFolder, 'metrics'), key);
  const columns = new PointColumns(maxPoints, Math.min((file?.facts.size ?? 0) / 20, 4_096));
  if (file !== undefined) {
    const { path, facts } = file;
    const read = readWholeLines(path, 0, facts, signal, (bytes, end, taken) => {
      const wanted = new MetricLines(bytes, end, columns).read();
      columns.reserve((columns.count / taken) * facts.size * 1.01);
      return wanted;
    });
    await read.catch((error: unknown) => {
      throw signal.aborted ? error : unreadable(error);
    });
    if (columns.brokenLines > 0) {
      shelf.problems.leftOut(path, `${columns.brokenLines} of its lines, which are broken`);
    }
  }
  return columns.history(key, signal);
}

function unreadable(error: unknown): MlflowError {
  const { code } = error as NodeJS.ErrnoException;
  return new MlflowError('unreachable', 'network', { serverMessage: code ?? String(error) });
}
