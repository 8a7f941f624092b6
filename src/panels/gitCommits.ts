import * as vscode from 'vscode';

/** What of VS Code's own Git extension is used (its `extensions/git/src/api/git.d.ts`, version 1). */
export interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly git: { readonly path: string };
  toGitUri(uri: vscode.Uri, ref: string): vscode.Uri;
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  getCommit(ref: string): Promise<{ readonly hash: string }>;
  diffWith(ref: string): Promise<readonly GitChange[]>;
}

export interface GitChange {
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
  readonly renameUri: vscode.Uri | undefined;
  /** Of `INDEX_ADDED`, `DELETED` and so on; see {@link isAdded} and {@link isDeleted}. */
  readonly status: number;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

const added = new Set([1, 7, 9]);
const deleted = new Set([2, 6]);

/** A file that the commit did not have. */
export function isAdded({ status }: GitChange): boolean {
  return added.has(status);
}

/** A file that is not there any more. */
export function isDeleted({ status }: GitChange): boolean {
  return deleted.has(status);
}

/** Whether a text of anybody is the hash of a commit, and nothing that Git could take for an option. */
export function isCommit(text: string): boolean {
  return /^[0-9a-f]{7,64}$/i.test(text);
}

/** VS Code's Git extension; `undefined` where it is not there or turned off. */
export async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  try {
    const git = await extension?.activate();
    return git?.enabled === true ? git.getAPI(1) : undefined;
  } catch {
    // Where no Git is installed, its activation or its API throws.
    return undefined;
  }
}

/** The open repository that has a commit. */
export async function repositoryWith(
  git: GitApi | undefined,
  commit: string,
): Promise<GitRepository | undefined> {
  if (!isCommit(commit)) {
    return undefined;
  }
  for (const repository of git?.repositories ?? []) {
    try {
      await repository.getCommit(commit);
      return repository;
    } catch {
      continue;
    }
  }
  return undefined;
}
