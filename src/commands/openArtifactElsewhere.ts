import * as vscode from 'vscode';

import { artifactUri } from '../host/artifactUri';
import { commands, customEditors } from '../ids';
import { baseName, connectionKey, type ArtifactPart } from '../mlflow/artifactAddress';
import { artifactKind } from '../mlflow/artifactKind';
import { formatSize, toOneLine } from '../mlflow/format';
import { plainLabel } from '../mlflow/plainLabel';
import type { Targeted } from '../mlflow/target';
import type { WantedArtifact } from '../mlflow/wantedArtifact';
import type { CommandContext } from './commandContext';
import { reportBytes, withLateProgress } from './lateProgress';

/** Why a file is not simply opened. */
export type Reason =
  { readonly why: 'noEditor' } | { readonly why: 'tooLarge'; readonly size: number | undefined };

type Way = ArtifactPart | 'download' | 'outside' | 'anyway';

/** Asks what is to be done with a file that VS Code cannot show whole, and does it; resolves to a part that is to be shown. */
export async function offerElsewhere(
  context: CommandContext,
  file: WantedArtifact,
  reason: Reason,
): Promise<ArtifactPart | undefined> {
  const way = await askWay(file, reason);
  switch (way) {
    case 'head':
    case 'tail':
      return way;
    case 'download':
      await download(file);
      return undefined;
    case 'outside':
      await openOutside(context, file);
      return undefined;
    case 'anyway': {
      const { connection, place, ownerName } = file;
      const uri = artifactUri({ key: connectionKey(connection), place, ownerName });
      await vscode.commands.executeCommand('vscode.open', uri);
      return undefined;
    }
    case undefined:
      return undefined;
  }
}

async function askWay(file: WantedArtifact, reason: Reason): Promise<Way | undefined> {
  const kind = artifactKind(file.place.path);
  const ways: readonly (readonly [Way, string, boolean])[] = [
    [
      'head',
      vscode.l10n.t('Open the First Megabyte'),
      reason.why === 'tooLarge' && kind === 'text',
    ],
    ['tail', vscode.l10n.t('Open the Last Megabyte'), reason.why === 'tooLarge' && kind === 'text'],
    [
      'outside',
      vscode.l10n.t('Open Outside VS Code'),
      isHere() && kind !== 'text' && kind !== 'binary',
    ],
    ['download', vscode.l10n.t('Download…'), true],
    [
      'anyway',
      vscode.l10n.t('Open in VS Code Anyway'),
      reason.why === 'noEditor' && kind === 'binary',
    ],
  ];
  const items = ways.filter(([, , isOffered]) => isOffered).map(([way, label]) => ({ way, label }));
  const name = plainLabel(toOneLine(baseName(file.place.path), 80));
  const size = formatSize(reason.why === 'tooLarge' ? reason.size : file.size);
  const picked = await vscode.window.showQuickPick(items, {
    title: size === '' ? name : `${name} · ${size}`,
    placeHolder:
      reason.why === 'tooLarge'
        ? vscode.l10n.t('Too large to be opened whole')
        : vscode.l10n.t('No editor for files of this kind is installed'),
  });
  return picked?.way;
}

/** Whether programs of this window's machine see its files. */
function isHere(): boolean {
  return vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
}

async function download({ connection, ...artifact }: WantedArtifact): Promise<void> {
  const argument: Targeted = { target: { kind: 'artifact', connection, ...artifact } };
  await vscode.commands.executeCommand(commands.downloadArtifacts, argument);
}

async function openOutside({ artifacts }: CommandContext, file: WantedArtifact): Promise<void> {
  const { connection, place, ownerName } = file;
  const address = { key: connectionKey(connection), place, ownerName };
  const name = toOneLine(baseName(place.path), 60);
  const path = await withLateProgress(vscode.l10n.t('Fetching {0}', name), (report, signal) =>
    artifacts.copyForViewing(address, reportBytes(report), signal),
  );
  await vscode.env.openExternal(vscode.Uri.file(path));
}

interface Contribution {
  readonly viewType?: unknown;
  readonly selector?: unknown;
}

/** An editor that some extension contributes for files of this ending, e.g. one for PDF. */
export function installedEditor(path: string): string | undefined {
  const ending = baseName(path).split('.').at(-1)?.toLowerCase() ?? '';
  const own = new Set<unknown>(Object.values(customEditors));
  return vscode.extensions.all
    .flatMap(({ packageJSON }) => contributedEditors(packageJSON))
    .filter(({ viewType }) => typeof viewType === 'string' && !own.has(viewType))
    .find(({ selector }) => patternsOf(selector).some((pattern) => isFor(pattern, ending)))
    ?.viewType as string | undefined;
}

function contributedEditors(manifest: unknown): readonly Contribution[] {
  const { contributes } = (manifest ?? {}) as { contributes?: { customEditors?: unknown } };
  const editors = contributes?.customEditors;
  return Array.isArray(editors) ? (editors as readonly Contribution[]) : [];
}

function patternsOf(selector: unknown): readonly string[] {
  return (Array.isArray(selector) ? (selector as readonly unknown[]) : [])
    .map((each) => (each as { filenamePattern?: unknown } | null)?.filenamePattern)
    .filter((pattern) => typeof pattern === 'string');
}

/** Whether a pattern names the ending: `*.pdf`, or one of `*.{pdf,ps}`. What takes any file is for none in particular. */
function isFor(pattern: string, ending: string): boolean {
  const [, several, one] = /\.(?:\{([^{}]*)\}|([^.{}*/]+))$/.exec(pattern.toLowerCase()) ?? [];
  return (several?.split(',') ?? [one]).some((each) => each?.trim() === ending);
}
