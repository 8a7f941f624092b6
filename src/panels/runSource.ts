import type * as vscode from 'vscode';

import { findSource } from './findSource';
import { gitApi, repositoryWith } from './gitCommits';
import type { NamedSource } from './present/namedSource';

/** Where the code of a run is in this window. */
export interface FoundSource {
  readonly file: vscode.Uri | undefined;
  readonly hasCommit: boolean;
}

/** Looks for the code of a run here; never rejects. */
export async function findRunSource({ name, commit }: NamedSource): Promise<FoundSource> {
  const [file, repository] = await Promise.all([
    name === '' ? undefined : findSource(name),
    commit === '' ? undefined : gitApi().then((git) => repositoryWith(git, commit)),
  ]);
  return { file, hasCommit: repository !== undefined };
}
