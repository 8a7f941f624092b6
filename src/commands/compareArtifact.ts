import * as vscode from 'vscode';

import { artifactUri } from '../host/artifactUri';
import { SaidError } from '../host/explainError';
import { baseName, connectionKey, type ArtifactAddress } from '../mlflow/artifactAddress';
import { artifactKind } from '../mlflow/artifactKind';
import { toOneLine } from '../mlflow/format';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import { chosenArtifacts } from './chosenArtifacts';
import type { CommandContext, CommandHandler } from './commandContext';
import { isLoggedAsTable } from './isLoggedAsTable';
import { withLateProgress } from './lateProgress';
import { pickCompany } from './pickCompany';

/** Compares artifacts: those selected with each other, or one with the same path of other runs. */
export const compareArtifact: CommandHandler = async (context, targets, resources = []) => {
  const chosen = await chosenArtifacts(context, targets, resources, { owners: false });
  const files = chosen.filter(({ isDirectory }) => !isDirectory);
  const [first, ...others] = files;
  if (first === undefined) {
    throw new SaidError(vscode.l10n.t('Select a file among the artifacts first.'));
  }
  const company = others.length > 0 ? others : await pickCompany(context, first, isPicture(first));
  if (company.length > 0) {
    await compare(context, [first, ...company]);
  }
};

async function compare(context: CommandContext, files: readonly WantedArtifact[]): Promise<void> {
  const addresses = files.map(addressOf);
  if (files.every(isPicture)) {
    (await context.pages()).pictures.compare(addresses);
    return;
  }
  const [first, second, ...more] = files;
  const [one, other] = addresses;
  if (more.length > 0 || !first || !second || !one || !other) {
    throw new SaidError(
      vscode.l10n.t(
        '{0} files are selected; other than pictures, two are compared at a time.',
        files.length,
      ),
    );
  }
  if ((await isTable(context, first)) && (await isTable(context, second))) {
    (await context.pages()).tables.compare(one, other);
    return;
  }
  await diff(context, one, other);
}

/** In VS Code's own diff editor; of texts that are too large the first part. */
async function diff(
  { artifacts }: CommandContext,
  one: ArtifactAddress,
  other: ArtifactAddress,
): Promise<void> {
  const file = toOneLine(baseName(one.place.path), 60);
  const ready = await withLateProgress(
    vscode.l10n.t('Reading {0}', file),
    async (_, signal): Promise<boolean> => {
      const read = (address: ArtifactAddress): ReturnType<typeof artifacts.prepare> =>
        artifacts.prepare(address, () => undefined, signal);
      const found = await Promise.all([read(one), read(other)]);
      return found.every(({ kind }) => kind === 'ready');
    },
  );
  const shown = [one, other].map((each) =>
    artifactUri(ready ? each : { ...each, part: 'head' as const }),
  );
  await vscode.commands.executeCommand('vscode.diff', ...shown, diffTitle(one, other));
}

/** `<file>: <run a> ↔ <run b>`; where the runs do not tell the sides apart, the paths do. */
function diffTitle(one: ArtifactAddress, other: ArtifactAddress): string {
  const [left, right] = [one, other].map((each) => toOneLine(nameOfOwner(each), 40));
  const [leftPath, rightPath] = [one, other].map(({ place }) => place.path);
  if (leftPath === rightPath) {
    return `${toOneLine(baseName(leftPath ?? ''), 60)}: ${left ?? ''} ↔ ${right ?? ''}`;
  }
  const [leftName, rightName] = [leftPath, rightPath].map((path) => toOneLine(path ?? '', 60));
  return left === right
    ? `${left ?? ''}: ${leftName ?? ''} ↔ ${rightName ?? ''}`
    : `${left ?? ''}: ${leftName ?? ''} ↔ ${right ?? ''}: ${rightName ?? ''}`;
}

function nameOfOwner({ place: { owner }, ownerName }: ArtifactAddress): string {
  return owner.kind === 'version' ? `${owner.name} v${owner.version}` : ownerName;
}

function addressOf({ connection, place, ownerName }: WantedArtifact): ArtifactAddress {
  return { key: connectionKey(connection), place, ownerName };
}

function isPicture({ place }: WantedArtifact): boolean {
  return artifactKind(place.path) === 'image';
}

async function isTable(context: CommandContext, file: WantedArtifact): Promise<boolean> {
  return (
    artifactKind(file.place.path) === 'table' ||
    isLoggedAsTable(context, file, new AbortController().signal)
  );
}
