import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { IgnoreRules } from './ignoreRules';

/** What no run needs: histories, environments of this machine, and runs that were logged here. */
const usual = new IgnoreRules([
  ...['.git', '.hg', '.svn', '__pycache__', '.venv', 'venv', 'node_modules'],
  ...['mlruns', 'mlartifacts', 'mlflow.db', 'mlflow.db-*', '.DS_Store'],
]);

/** What usually holds keys and passwords: a cluster hands a package to everybody who reaches it. */
const secret = new IgnoreRules([
  ...['.env', '.env.*', '!.env.example', '!.env.sample', '!.env.template'],
  ...['.netrc', '_netrc', '*.pem', '*.key', 'id_rsa*', 'id_ed25519*', 'id_ecdsa*'],
  ...['.ssh', '.aws', '.azure', '.databrickscfg', '.mlflow', '.git-credentials', '.pypirc'],
]);

interface Scope {
  readonly rules: IgnoreRules;
  /** Where its paths count from. */
  readonly from: string;
}

/** What the rules say of a path. */
export type FolderVerdict = 'sent' | 'ignored' | 'secret';

/** Rules of a folder and of those above it; the nearest that fits counts. */
export class FolderRules {
  private constructor(
    private readonly excludes: IgnoreRules,
    private readonly git: readonly Scope[],
    private readonly ray: readonly Scope[],
  ) {}

  static from(excludes: readonly string[]): FolderRules {
    return new FolderRules(new IgnoreRules(excludes), [], []);
  }

  /** With those of a folder below, which is `at` from the root, with `/`. */
  async below(folder: string, at: string): Promise<FolderRules> {
    const from = at === '' ? '' : `${at}/`;
    const read = async (name: string): Promise<Scope[]> => {
      const text = await readFile(path.join(folder, name), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [{ rules: new IgnoreRules(text.split('\n')), from }];
    };
    const [git, ray] = [await read('.gitignore'), await read('.rayignore')];
    return new FolderRules(this.excludes, [...this.git, ...git], [...this.ray, ...ray]);
  }

  /** A `.rayignore` alone may send what is left out otherwise; nothing sends what the configuration excludes. */
  verdict(inner: string, isFolder: boolean): FolderVerdict {
    if (this.excludes.ignores(inner, isFolder)) return 'ignored';
    const own = verdictOf(this.ray, inner, isFolder);
    if (own !== undefined) return own ? 'ignored' : 'sent';
    if (secret.ignores(inner, isFolder)) return 'secret';
    const isIgnored = usual.ignores(inner, isFolder) || verdictOf(this.git, inner, isFolder);
    return isIgnored === true ? 'ignored' : 'sent';
  }
}

/** Whether something is secret, or is below what is. */
export function isSecret(inner: string): boolean {
  const names = inner.split('/');
  return names.some((_, at) => secret.ignores(names.slice(0, at + 1).join('/'), true));
}

function verdictOf(
  scopes: readonly Scope[],
  inner: string,
  isFolder: boolean,
): boolean | undefined {
  for (const { rules, from } of scopes.toReversed()) {
    const verdict = rules.verdict(inner.slice(from.length), isFolder);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}
