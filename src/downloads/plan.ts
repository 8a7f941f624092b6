import { baseName } from '../mlflow/artifactAddress';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import type { DownloadedItem } from './download';
import type { WhereTaken } from './fileDownload';
import { fileNameOf } from '../mlflow/fileName';
import { folded, safePath, type Platform } from './safePath';

/** What a thing is called in the chosen folder: as it is, where that can be. */
export function topName({ place, ownerName }: WantedArtifact, platform: Platform): string {
  const name = place.path === '' ? ownerName : baseName(place.path);
  return safePath(name, platform).refusal === undefined && !name.includes('/')
    ? name
    : usable(fileNameOf(name), platform);
}

function usable(name: string, platform: Platform): string {
  return safePath(name, platform).refusal === undefined ? name : 'artifacts';
}

/** The name with the lowest number that is free, such as `model (2)` and `plot (2).png`. */
export async function freeName(
  name: string,
  isFree: (name: string) => Promise<boolean> | boolean,
): Promise<string> {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${stem} (${number})${ending}`;
    if (await isFree(candidate)) {
      return candidate;
    }
  }
}

/** A name for each thing, no two the same for any file system. */
export async function namesFor(
  wanted: readonly WantedArtifact[],
  platform: Platform,
): Promise<readonly string[]> {
  const taken = new Set<string>();
  const names: string[] = [];
  for (const item of wanted) {
    const name = await freeName(topName(item, platform), (each) => !taken.has(folded(each)));
    taken.add(folded(name));
    names.push(name);
  }
  return names;
}

/** What is to be done about what is there already. */
export type Answer = 'replace' | 'complete' | 'both' | 'skip';

export const whereTakenBy: Readonly<Record<Exclude<Answer, 'skip'>, WhereTaken>> = {
  replace: 'replace',
  complete: 'complete',
  both: 'fail',
};

export type Placed = Pick<DownloadedItem, 'parts' | 'whereTaken'> & {
  readonly wanted: WantedArtifact;
};
