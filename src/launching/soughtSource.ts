import { realpath } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';

import type { ProjectCommand } from '../projects/launchContracts';
import { isGitUri } from './gitUri';

/** Names under which MLflow may know this user: Python takes the first of these variables, else the login name. */
export function userNames(environment: Readonly<Record<string, string>>): readonly string[] {
  const variables = ['LOGNAME', 'USER', 'LNAME', 'USERNAME'];
  const named = variables.map((name) => environment[name] ?? process.env[name]);
  return [...named, loginName()].filter(
    (name): name is string => name !== undefined && name !== '',
  );
}

function loginName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}

/** Places under which MLflow may know a project: a Git URI, or a folder with links and without. */
export async function sourcesOf({ program }: ProjectCommand): Promise<readonly string[]> {
  if (program.kind === 'script') {
    return [program.file];
  }
  const { uri } = program;
  return isGitUri(uri) ? [uri] : [uri, await realpath(uri).catch(() => uri)];
}

/**
 * Whether MLflow has logged this as the source of a run. In a clone it names a folder `file://root#below`
 * (`mlflow.tracking._tracking_service.utils._get_git_url_if_present`).
 */
export function isSource(logged: string, sources: readonly string[]): boolean {
  const [place = '', below = ''] = logged.replace(/^file:\/\//, '').split('#');
  // Where a link leads into the clone, MLflow takes the whole path for the part below.
  const places = [logged, join(place, below), join('/', below)].map(plain);
  return sources.some((source) => places.includes(plain(source)));
}

function plain(path: string): string {
  return path.replace(/(?<=.)[\\/]+$/, '');
}
