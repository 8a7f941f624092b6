import * as vscode from 'vscode';

import { explainError } from '../host/explainError';
import { formatSize, toOneLine } from '../mlflow/format';
import type { Counted, DownloadResult, FailedPath, RefusedPath } from './download';
import { toDiskError, type DiskError, type DiskProblem } from './diskError';
import { mayResume } from './mayResume';
import type { Refusal } from './safePath';

const mostNames = 3;
const longestName = 80;

/** What became of a download, in a sentence or some. */
export function resultText(result: DownloadResult, where: string): string {
  return [outcome(result, where), failures(result), leftOut(result.refused)]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function outcome(result: DownloadResult, where: string): string {
  const { files, bytes, kept, isStopped, failed } = result;
  const folder = toOneLine(where);
  const size = formatSize(bytes);
  if (isStopped || failed.count > 0) {
    return files === 0
      ? vscode.l10n.t('Nothing was downloaded whole.')
      : vscode.l10n.t('Files downloaded so far: {0} ({1}), to {2}.', files, size, folder);
  }
  if (files === 0) {
    return vscode.l10n.t('There was nothing to download.');
  }
  if (kept > 0) {
    return vscode.l10n.t(
      '{0} files ({1}) are in {2}; {3} of them were there already, of the same size, and were not compared further.',
      ...[files, size, folder, kept],
    );
  }
  return files === 1
    ? vscode.l10n.t('Downloaded one file ({0}) to {1}.', size, folder)
    : vscode.l10n.t('Downloaded {0} files ({1}) to {2}.', files, size, folder);
}

function failures({ failed, isStopped }: DownloadResult): string {
  const [first] = failed.named;
  if (first === undefined) {
    return isStopped
      ? vscode.l10n.t('It was stopped; what came is kept, and Resume goes on from there.')
      : '';
  }
  const why = explainFailure(first.error);
  const what =
    failed.count === 1
      ? vscode.l10n.t('“{0}” failed: {1}', nameOf(first.path), why)
      : vscode.l10n.t(
          '{0} failed, “{1}” among them: {2}',
          ...[failed.count, nameOf(first.path), why],
        );
  const goesOn = vscode.l10n.t('Resume goes on from there.');
  return mayResume({ failed, isStopped }) ? `${what} ${goesOn}` : what;
}

function leftOut({ named, count }: Counted<RefusedPath>): string {
  const [first] = named;
  if (first === undefined) {
    return '';
  }
  const names = named.slice(0, mostNames).map(({ path }) => `“${nameOf(path)}”`);
  const list = count > mostNames ? [...names, '…'].join(', ') : names.join(', ');
  return count === 1
    ? vscode.l10n.t('{0} was left out: {1}', list, refusalText(first.refusal))
    : vscode.l10n.t('{0} were left out, since their names cannot be used here: {1}', count, list);
}

/** What goes wrong with one file, in a sentence. */
export function explainFailure(error: unknown): string {
  const disk = toDiskError(error, '');
  return disk === undefined ? explainError(error) : diskText(disk);
}

/** The line of the log about a file that failed. */
export function failureLine({ path, error }: FailedPath): string {
  return `downloading ${nameOf(path)}: ${String(error)}`;
}

/** The line of the log about an entry that was not written. */
export function refusalLine({ path, refusal }: RefusedPath): string {
  return `not downloaded: ${JSON.stringify(path).slice(0, 500)}: ${refusalText(refusal)}`;
}

function nameOf(path: string): string {
  return toOneLine(path, longestName) || '?';
}

function diskText({ problem, path }: DiskError): string {
  return diskTexts[problem](toOneLine(path));
}

const diskTexts: Readonly<Record<DiskProblem, (path: string) => string>> = {
  full: () => vscode.l10n.t('The disk is full. Make room, then go on.'),
  gone: (path) => vscode.l10n.t('The folder {0} is not there any more. Choose another.', path),
  denied: (path) =>
    vscode.l10n.t('You may not write to {0}. Choose another folder, or change its rights.', path),
  exists: (path) => vscode.l10n.t('{0} is there already, and was left as it is.', path),
  link: (path) =>
    vscode.l10n.t('{0} is a link or no folder, and nothing is written through it.', path),
  folder: (path) => vscode.l10n.t('{0} is a folder, so no file can take its place.', path),
  tooLong: () => vscode.l10n.t('The name is too long for this disk. Choose a folder higher up.'),
  changed: (path) => vscode.l10n.t('Something else wrote to {0}. Try again.', path),
  busy: (path) => vscode.l10n.t('{0} is being downloaded already.', path),
  other: (path) => vscode.l10n.t('{0} cannot be written. See the MLflow log for more.', path),
};

/** Why an entry is not written to this machine. */
export function refusalText(refusal: Refusal): string {
  return refusalTexts[refusal]();
}

const refusalTexts: Readonly<Record<Refusal, () => string>> = {
  malformed: () => vscode.l10n.t('the path has an empty or broken part.'),
  control: () => vscode.l10n.t('the name holds control characters.'),
  absolute: () => vscode.l10n.t('the path begins at the root of a disk, a share or a device.'),
  climbs: () => vscode.l10n.t('the path leads out of its folder.'),
  separator: () => vscode.l10n.t('the name holds a separator of folders.'),
  disguised: () => vscode.l10n.t('the name hides a path that leads elsewhere.'),
  device: () => vscode.l10n.t('the name means a device on Windows.'),
  ending: () => vscode.l10n.t('the name ends in a dot or blank, which Windows drops.'),
  character: () => vscode.l10n.t('the name holds a character that Windows does not take.'),
  stream: () => vscode.l10n.t('the name holds a colon, which means a stream on Windows.'),
  shortName: () => vscode.l10n.t('the name may be the short name of another file on Windows.'),
  git: () => vscode.l10n.t('Git would run what a folder of this name says.'),
  unfinished: () => vscode.l10n.t('the name is one of unfinished downloads.'),
  tooLong: () => vscode.l10n.t('the name is too long for this system.'),
  tooDeep: () => vscode.l10n.t('the folders are nested too deep.'),
  sameName: () => vscode.l10n.t('another entry of its folder has the same name for this system.'),
  elsewhere: () => vscode.l10n.t('the path does not lie in the folder that was listed.'),
};
