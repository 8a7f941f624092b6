import { addImages, compareImages, type LoggedImage } from '../mlflow/loggedImages';
import type { Artifact } from '../mlflow/model';
import { sortInTurns } from './sortInTurns';

/** So many names are read at a time. */
const atOnce = 1000;

/** As `loggedImages`, but lets others have their turns: the files may be a hundred thousand. */
export async function loggedImagesInTurns(
  files: readonly Artifact[],
  signal: AbortSignal,
): Promise<readonly LoggedImage[]> {
  const found = new Map<string, LoggedImage>();
  for (let from = 0; from < files.length; from += atOnce) {
    addImages(found, files.slice(from, from + atOnce));
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  return sortInTurns([...found.values()], compareImages, signal);
}
