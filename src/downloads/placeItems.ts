import type { WantedArtifact } from '../mlflow/wantedArtifact';
import { askAboutTaken } from './askTarget';
import { FolderMark } from './folderMark';
import { freeName, namesFor, whereTakenBy, type Placed } from './plan';
import type { Platform } from './safePath';
import type { TargetFolder } from './targetFolder';

/**
 * Where each thing goes in the folder. What is there already is asked about, unless it is what a former download of the same
 * folder left unfinished; `undefined` when the question was left.
 */
export async function placeItems(
  wanted: readonly WantedArtifact[],
  target: TargetFolder,
  platform: Platform,
  idOf: (wanted: WantedArtifact) => string,
): Promise<readonly Placed[] | undefined> {
  const names = await namesFor(wanted, platform);
  const placed: Placed[] = [];
  const taken: {
    readonly wanted: WantedArtifact;
    readonly name: string;
    readonly isFolder: boolean;
  }[] = [];
  for (const [index, item] of wanted.entries()) {
    const name = names[index] ?? '';
    const there = await target.look(name);
    if (there === undefined) {
      placed.push({ wanted: item, parts: [name], whereTaken: 'fail' });
    } else if (
      item.isDirectory &&
      there.isDirectory() &&
      (await new FolderMark(target, name, platform, idOf(item)).isThere())
    ) {
      placed.push({ wanted: item, parts: [name], whereTaken: 'complete' });
    } else {
      taken.push({ wanted: item, name, isFolder: item.isDirectory && there.isDirectory() });
    }
  }
  if (taken.length === 0) {
    return placed;
  }
  const answer = await askAboutTaken(
    taken.map(({ name }) => name),
    taken.some(({ isFolder }) => isFolder),
  );
  if (answer === undefined || answer === 'skip') {
    return answer && placed;
  }
  const used = new Set(names);
  for (const { wanted: item, name } of taken) {
    const isFree = async (each: string): Promise<boolean> =>
      !used.has(each) && (await target.look(each)) === undefined;
    const own = answer === 'both' ? await freeName(name, isFree) : name;
    used.add(own);
    placed.push({ wanted: item, parts: [own], whereTaken: whereTakenBy[answer] });
  }
  return placed;
}
