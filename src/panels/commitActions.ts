import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import * as vscode from 'vscode';

import { SaidError } from '../host/explainError';
import { gitApi, isAdded, isCommit, isDeleted, repositoryWith } from './gitCommits';
import type { GitApi, GitChange, GitRepository } from './gitCommits';

/** More changed files are no editor that a person reads. */
const mostFiles = 500;
const shortHash = 10;

interface Found {
  readonly git: GitApi;
  readonly repository: GitRepository;
}

/**
 * Shows what changed between a commit and the files here, in VS Code's editor for several files.
 *
 * @param source the file that made the run, which comes first
 */
export async function showChanges(commit: string, source: vscode.Uri | undefined): Promise<void> {
  const { git, repository } = await find(commit);
  const changes = await repository.diffWith(commit);
  const short = commit.slice(0, shortHash);
  if (changes.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The tracked files here are as they were in commit {0}.', short),
    );
    return;
  }
  const isSource = ({ uri }: GitChange): boolean => uri.toString() === source?.toString();
  const inOrder = [...changes.filter(isSource), ...changes.filter((one) => !isSource(one))];
  const title = vscode.l10n.t('{0} and the files here', short);
  await vscode.commands.executeCommand(
    'vscode.changes',
    title,
    inOrder.slice(0, mostFiles).map((change) => sidesOf(git, change, commit)),
  );
}

/** Asks for a folder and checks a commit out there, beside the files that are here. */
export async function checkOutBeside(commit: string): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new SaidError(
      vscode.l10n.t(
        'Checking out a commit runs Git, which needs a trusted workspace. Trust it first.',
      ),
    );
  }
  const { git, repository } = await find(commit);
  const root = repository.rootUri;
  const name = `${root.path.split('/').at(-1) ?? 'repository'}-${commit.slice(0, shortHash)}`;
  const folder = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('New folder for commit {0}', commit.slice(0, shortHash)),
    saveLabel: vscode.l10n.t('Check Out'),
    defaultUri: vscode.Uri.joinPath(root, '..', name),
  });
  if (folder !== undefined) {
    if (await checkOut({ git, repository }, commit, folder)) {
      void offerToOpen(folder);
    }
  }
}

/** Resolves to `false` where the person gave it up. */
async function checkOut(
  { git, repository }: Found,
  commit: string,
  folder: vscode.Uri,
): Promise<boolean> {
  const run = promisify(execFile);
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t('Checking out {0}', commit.slice(0, shortHash));
  const what = ['worktree', 'add', '--detach', '--', folder.fsPath, commit];
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    try {
      // No shell takes part, so nothing of the names means anything to one.
      await run(git.git.path, what, { cwd: repository.rootUri.fsPath, signal: controller.signal });
      return true;
    } catch (error) {
      if (controller.signal.aborted) {
        return false;
      }
      throw new SaidError(vscode.l10n.t('Git could not check this out: {0}', wordsOf(error)));
    }
  });
}

async function offerToOpen(folder: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open in New Window');
  const sentence = vscode.l10n.t('The commit is checked out in {0}.', folder.fsPath);
  if ((await vscode.window.showInformationMessage(sentence, open)) === open) {
    await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
  }
}

async function find(commit: string): Promise<Found> {
  if (!isCommit(commit)) {
    throw new SaidError(vscode.l10n.t('The run does not name a commit of Git.'));
  }
  const git = await gitApi();
  if (git === undefined) {
    throw new SaidError(
      vscode.l10n.t(
        'Git is not available: VS Code’s Git extension is off, or no Git is installed.',
      ),
    );
  }
  const repository = await repositoryWith(git, commit);
  if (repository === undefined) {
    const short = commit.slice(0, shortHash);
    throw new SaidError(
      vscode.l10n.t(
        'No repository of this window has commit {0}. Open the folder that the run was made in, or fetch the commit.',
        short,
      ),
    );
  }
  return { git, repository };
}

/** What the editor compares: the file's address, how it was, and how it is. */
function sidesOf(
  git: GitApi,
  change: GitChange,
  commit: string,
): readonly [vscode.Uri, vscode.Uri | undefined, vscode.Uri | undefined] {
  const now = change.renameUri ?? change.uri;
  const before = isAdded(change) ? undefined : git.toGitUri(change.originalUri, commit);
  return [now, before, isDeleted(change) ? undefined : now];
}

/** The last line that Git said. */
function wordsOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return said.trim().split('\n').at(-1)?.slice(0, 500) ?? '';
}
