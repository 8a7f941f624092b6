import { basename, dirname } from 'node:path';

import * as vscode from 'vscode';
import { TextDocument } from 'vscode-languageserver-textdocument';

import { SaidError } from '../host/explainError';
import { launchSettings } from '../host/launchSettings';
import { readLocalProject, textOf, type LocalProject } from '../launching/projectFile';
import { usualLanguageSettings } from '../protocol/language';
import type { ServiceContext } from '../server/service/fileService';
import { rangeOf, yamlOf } from '../server/service/projectDocument';
import { checkSweep } from '../server/service/sweep/checkSweep';
import { isSweepFile } from '../server/service/sweep/isSweepFile';
import { projectBeside, projectFileName } from '../server/service/sweep/projectBeside';
import { readSweep } from '../server/service/sweep/readSweep';
import type { SweepCode, SweepProblem } from '../server/service/sweep/sweepProblem';
import type { Sweep } from '../server/service/sweep/sweepModel';
import { FolderFiles } from './folderFiles';

/** A sweep file of this machine that can be carried out. */
export interface SweepFile {
  readonly uri: vscode.Uri;
  /** Without folders. */
  readonly name: string;
  /** Where it lies. */
  readonly folder: string;
  readonly text: string;
  readonly sweep: Sweep;
  /** The MLproject beside it, or in a folder above where it names no script. */
  readonly project: LocalProject | undefined;
  /** What would keep some of its runs from starting. */
  readonly warnings: readonly SweepFileProblem[];
}

export interface SweepFileProblem {
  readonly message: string;
  readonly range: vscode.Range;
}

/** A file that keeps the sweep from being carried out: what is wrong first. */
export class SweepFileBroken extends Error {
  constructor(
    readonly uri: vscode.Uri,
    readonly problem: SweepFileProblem,
  ) {
    super(problem.message);
  }
}

/** These are asked for, or can be left out. */
const mendable: ReadonlySet<unknown> = new Set<SweepCode>([
  'sweep-missing-parameter',
  'sweep-type',
]);

/** Reads a sweep file as the language server does, unsaved changes included. Rejects with {@link SweepFileBroken}. */
export async function readSweepFile(uri: vscode.Uri): Promise<SweepFile> {
  if (uri.scheme !== 'file') {
    throw new SaidError(
      vscode.l10n.t('Sweeps are launched from folders of this machine; {0} is none.', uri.path),
    );
  }
  const text = await textOf(uri);
  const document = documentOf(uri, text);
  const context = contextOf(uri);
  const { sweep, problems } = readSweep(yamlOf(document));
  const errors = [
    ...syntaxProblems(document),
    ...problems,
    ...(sweep === undefined
      ? []
      : await checkSweep(sweep, await projectBeside(context.files), context)),
  ].filter(({ severity }) => severity === 'error');
  const broken = errors.find(({ code }) => !mendable.has(code));
  if (broken !== undefined) {
    throw new SweepFileBroken(uri, placed(document, broken));
  }
  if (sweep === undefined || sweep.parameters.length === 0) {
    throw new SaidError(
      vscode.l10n.t('{0} is no sweep file: it lists no values of parameters.', uri.fsPath),
    );
  }
  return {
    ...{ uri, text, sweep },
    name: basename(uri.fsPath),
    folder: dirname(uri.fsPath),
    project: await projectOf(uri, sweep),
    warnings: errors
      .filter(({ code }) => code === 'sweep-type')
      .map((problem) => placed(document, problem)),
  };
}

/** Whether a file is a sweep file by the language server's rule. */
export async function isSweep(uri: vscode.Uri): Promise<boolean> {
  const text = await new FolderFiles(uri).read(basename(uri.path));
  return text !== undefined && isSweepFile(documentOf(uri, text), contextOf(uri));
}

function documentOf(uri: vscode.Uri, text: string): TextDocument {
  return TextDocument.create(uri.toString(), 'yaml', 0, text);
}

function contextOf(uri: vscode.Uri): ServiceContext {
  const settings = { ...usualLanguageSettings, sweepFiles: launchSettings.sweepFiles() };
  return { files: new FolderFiles(uri), settings, isCancelled: () => false };
}

/** What is guessed of a broken text comes after what breaks it. */
function syntaxProblems(document: TextDocument): readonly SweepProblem[] {
  const { problem } = yamlOf(document);
  if (problem === undefined) {
    return [];
  }
  const { span, words } = problem;
  const message = vscode.l10n.t('This is no YAML: {0}.', words);
  return [{ code: 'sweep-shape', severity: 'error', span, message }];
}

function placed(document: TextDocument, { message, span }: SweepProblem): SweepFileProblem {
  const { start, end } = rangeOf(document, span);
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  return { message, range };
}

async function projectOf(uri: vscode.Uri, { program }: Sweep): Promise<LocalProject | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri;
  for (let at = uri; ; at = folderOf(at)) {
    const name = await projectFileName(new FolderFiles(at));
    if (name !== undefined) {
      return readLocalProject(vscode.Uri.joinPath(at, '..', name));
    }
    const isTop = root === undefined || folderOf(at).path === root.path || at.path === root.path;
    if (program !== undefined || isTop) {
      return undefined;
    }
  }
}

function folderOf(uri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(uri, '..');
}
