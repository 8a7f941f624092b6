import * as vscode from 'vscode';

import { artifactUri } from '../host/artifactUri';
import { commands, rowFacets, rowKinds } from '../ids';
import { connectionKey, isPlainPath } from '../mlflow/artifactAddress';
import { artifactKind } from '../mlflow/artifactKind';
import { formatSize, toOneLine } from '../mlflow/format';
import { contextValue, icon, onSelf } from './itemParts';
import type { ArtifactNode, LoggedModelNode } from './node';

const { None, Collapsed } = vscode.TreeItemCollapsibleState;

export function drawArtifacts(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Artifacts'), Collapsed);
  item.iconPath = icon('files');
  item.contextValue = rowKinds.artifacts;
  return item;
}

export function drawLoggedModel({ model }: LoggedModelNode): vscode.TreeItem {
  const name = toOneLine(model.name) || model.id;
  const about = [model.modelType, modelTrouble(model.status)]
    .map((part) => toOneLine(part, 40))
    .filter((part) => part !== '');
  const item = new vscode.TreeItem(name, Collapsed);
  item.iconPath = icon('package');
  item.contextValue = rowKinds.loggedModel;
  item.description = about.join(' · ');
  item.accessibilityInformation = {
    label: [name, vscode.l10n.t('logged model'), ...about].join(', '),
  };
  return item;
}

/** A file or a folder, with the icon that the file theme has for it. */
export function drawArtifact(node: ArtifactNode, connection: string | undefined): vscode.TreeItem {
  const { artifact, owner, ownerName } = node;
  const { path, isDirectory, size } = artifact;
  // No document and no folder can be where such a path leads.
  const isPlain = isPlainPath(path);
  const name = path.slice(node.above === '' ? 0 : node.above.length + 1);
  const label = toOneLine(name) || name;
  const item = new vscode.TreeItem(label, isDirectory && isPlain ? Collapsed : None);
  if (isPlain && connection !== undefined) {
    const key = connectionKey(connection);
    item.resourceUri = artifactUri({ key, place: { owner, path }, ownerName });
  }
  item.iconPath = isDirectory ? vscode.ThemeIcon.Folder : vscode.ThemeIcon.File;
  const sizeText = formatSize(size);
  item.description = sizeText;
  const kind = artifactKind(path);
  item.contextValue = contextValue(rowKinds.artifact, {
    [rowFacets.folder]: isDirectory,
    [rowFacets.model]: node.isModel,
    [rowFacets.image]: !isDirectory && kind === 'image',
    [rowFacets.table]: !isDirectory && kind === 'table',
  });
  item.accessibilityInformation = {
    label: [label, isDirectory ? vscode.l10n.t('folder') : sizeText]
      .filter((part) => part !== '')
      .join(', '),
  };
  if (!isDirectory || !isPlain) {
    item.command = onSelf(commands.openArtifact, vscode.l10n.t('Open Artifact'), node, connection);
  }
  return item;
}

function modelTrouble(status: string): string {
  switch (status) {
    case 'PENDING':
      return vscode.l10n.t('being logged');
    case 'FAILED':
      return vscode.l10n.t('logging failed');
    default:
      return '';
  }
}
