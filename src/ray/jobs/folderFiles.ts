import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { IgnoreRules } from './ignoreRules';

/** A file that goes to the cluster. */
export interface FolderFile {
  /** From the folder on, with `/`. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly size: number;
  readonly isExecutable: boolean;
}

/** What no run needs: histories, environments of this machine, and runs that were logged here. */
const usual = new IgnoreRules([
  ...['.git', '.hg', '.svn', '__pycache__', '.venv', 'venv', 'node_modules'],
  ...['mlruns', 'mlartifacts', 'mlflow.db', 'mlflow.db-*', '.DS_Store'],
]);

interface Scope {
  readonly rules: IgnoreRules;
  /** Where its paths count from. */
  readonly from: string;
}

/** Files of a folder without what its `.gitignore` and `.rayignore` files, or `excludes`, leave out; in the order of names. */
export async function folderFiles(
  folder: string,
  excludes: readonly string[],
  signal: AbortSignal,
): Promise<readonly FolderFile[]> {
  const files: FolderFile[] = [];
  const outer: Scope[] = [usual, new IgnoreRules(excludes)].map((rules) => ({ rules, from: '' }));
  await collect(folder, '', outer, new Set([await realpath(folder)]), files, signal);
  return files;
}

async function collect(
  folder: string,
  at: string,
  outer: readonly Scope[],
  above: ReadonlySet<string>,
  files: FolderFile[],
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const here = path.join(folder, at);
  const scopes = [...outer, ...(await ownRules(here, at))];
  const names = (await readdir(here)).sort((one, other) => (one < other ? -1 : 1));
  for (const name of names) {
    const inner = at === '' ? name : `${at}/${name}`;
    const file = path.join(folder, inner);
    const facts = await stat(file).catch(() => undefined);
    if (facts === undefined) continue;
    const isFolder = facts.isDirectory();
    if (scopes.some(({ rules, from }) => rules.ignores(inner.slice(from.length), isFolder))) {
      continue;
    }
    if (isFolder) {
      // A link to a folder above would never end.
      const real = await realpath(file);
      if (above.has(real)) continue;
      await collect(folder, inner, scopes, new Set([...above, real]), files, signal);
    } else if (facts.isFile()) {
      files.push({ name: inner, file, size: facts.size, isExecutable: (facts.mode & 0o100) !== 0 });
    }
  }
}

async function ownRules(folder: string, at: string): Promise<Scope[]> {
  const from = at === '' ? '' : `${at}/`;
  const found: Scope[] = [];
  for (const name of ['.gitignore', '.rayignore']) {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => undefined);
    if (text !== undefined) found.push({ rules: new IgnoreRules(text.split('\n')), from });
  }
  return found;
}
