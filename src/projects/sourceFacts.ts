import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Tag } from '../mlflow/model';
import type { LaunchProgram } from './launchContracts';

const run = promisify(execFile);
/** Milliseconds. */
const timeLimit = 15_000;

/** The tags that MLflow sets itself, where it makes the run: what is run, and which commit of it. */
export async function sourceTags(program: LaunchProgram): Promise<Tag[]> {
  if (program.kind === 'script') {
    const tags = [tag('mlflow.source.name', program.file), tag('mlflow.source.type', 'LOCAL')];
    return [...tags, ...(await tagsOfFolder(program.folder, false))];
  }
  const { uri, version, entryPoint } = program;
  const [place = uri, inner] = uri.split('#');
  const tags = [tag('mlflow.source.type', 'PROJECT'), tag('mlflow.project.entryPoint', entryPoint)];
  if (isGitUri(place)) {
    return [
      ...tags,
      tag('mlflow.source.name', withoutPassword(uri)),
      ...(await tagsOfRemote(place, version)),
    ];
  }
  const folder = inner === undefined ? place : `${place}/${inner}`;
  const found = await tagsOfFolder(folder, true);
  const hasName = found.some(({ key }) => key === 'mlflow.source.name');
  return [...tags, ...(hasName ? [] : [tag('mlflow.source.name', folder)]), ...found];
}

/** As MLflow decides it. */
export function isGitUri(uri: string): boolean {
  return /^[^/]*:/.test(uri) && !/^file:/i.test(uri) && !/^[a-z]:[\\/]/i.test(uri);
}

/** MLflow names a project in a clone by the address of the clone's origin and the folder in it. */
async function tagsOfFolder(folder: string, asName: boolean): Promise<Tag[]> {
  const ask = (...args: string[]): Promise<string | undefined> => git(['-C', folder, ...args]);
  const [commit, origin, inner] = await Promise.all([
    ask('rev-parse', 'HEAD'),
    ask('config', '--get', 'remote.origin.url'),
    ask('rev-parse', '--show-prefix'),
  ]);
  if (commit === undefined) return [];
  const tags = [tag('mlflow.source.git.commit', commit)];
  if (origin !== undefined) {
    const url = withoutPassword(origin);
    tags.push(tag('mlflow.source.git.repoURL', url));
    const place = inner?.replace(/\/$/, '') ?? '';
    if (asName) tags.push(tag('mlflow.source.name', place === '' ? url : `${url}#${place}`));
  }
  return tags;
}

async function tagsOfRemote(uri: string, version: string | undefined): Promise<Tag[]> {
  const tags = [tag('mlflow.source.git.repoURL', withoutPassword(uri))];
  if (version !== undefined && /^[0-9a-f]{40}$/.test(version)) {
    return [...tags, tag('mlflow.source.git.commit', version)];
  }
  const found = await git(['ls-remote', '--', uri, version ?? 'HEAD']);
  const lines = (found ?? '').split('\n').map((line) => line.split('\t'));
  const branch = lines.find(([, name]) => name === `refs/heads/${version ?? ''}`);
  const commit = (branch ?? lines[0])?.[0];
  if (commit !== undefined && /^[0-9a-f]{40}$/.test(commit)) {
    tags.push(tag('mlflow.source.git.commit', commit));
  }
  if (branch !== undefined && version !== undefined) {
    tags.push(tag('mlflow.source.git.branch', version));
  }
  return tags;
}

/** Undefined where there is no Git, no clone, or no answer: the tags are a help, and nothing waits for them. */
async function git(args: readonly string[]): Promise<string | undefined> {
  try {
    const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
    const { stdout } = await run('git', [...args], { timeout: timeLimit, env, windowsHide: true });
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    return undefined;
  }
}

/** Addresses are written down, and sign-ins never are. */
export function withoutPassword(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}

function tag(key: string, value: string): Tag {
  return { key, value };
}
