import type * as vscode from 'vscode';

import type { Run } from '../mlflow/model';
import { tagValue } from '../mlflow/runFacts';
import { findSource } from './findSource';
import { gitApi, repositoryWith } from './gitCommits';

/** Where the code of a run is in this window. */
export interface FoundSource {
  readonly file: vscode.Uri | undefined;
  readonly hasCommit: boolean;
}

export interface NamedSource {
  readonly name: string;
  readonly commit: string;
  readonly branch: string;
  readonly repository: string;
}

/** What a run says about its code. */
export function sourceOf({ tags }: Run): NamedSource {
  const tag = (key: string): string => tagValue(tags, key) ?? '';
  return {
    name: tag('mlflow.source.name'),
    commit: tag('mlflow.source.git.commit'),
    branch: tag('mlflow.source.git.branch'),
    repository: tag('mlflow.source.git.repoURL'),
  };
}

/** Looks for that code here; never rejects. */
export async function findRunSource({ name, commit }: NamedSource): Promise<FoundSource> {
  const [file, repository] = await Promise.all([
    name === '' ? undefined : findSource(name),
    commit === '' ? undefined : gitApi().then((git) => repositoryWith(git, commit)),
  ]);
  return { file, hasCommit: repository !== undefined };
}
