import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { FolderRules, isSecret } from './folderRules';
import { RayProblem } from './rayProblem';
import { mostFiles, tooLarge } from './zipFiles';

/** Names that links may give to one folder. */
const mostVisits = 64;

/** A file that goes to the cluster. */
export interface FolderFile {
  /** From the folder on, with `/`. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly size: number;
  readonly isExecutable: boolean;
}

export interface FolderFiles {
  /** In the order of names. */
  readonly files: readonly FolderFile[];
  /** What stays here though no file asks for that: what may be secret, and links out of the folder. */
  readonly withheld: readonly string[];
}

/**
 * Files of a folder without what its `.gitignore` and `.rayignore` files, or `excludes`, leave out. Throws a {@link RayProblem} where
 * they are more than a package holds.
 */
export async function folderFiles(
  folder: string,
  excludes: readonly string[],
  signal: AbortSignal,
): Promise<FolderFiles> {
  const walk = new Walk(folder, await realpath(folder), signal);
  await walk.collect('', FolderRules.from(excludes), new Set([walk.root]));
  return walk;
}

class Walk implements FolderFiles {
  readonly files: FolderFile[] = [];
  readonly withheld: string[] = [];
  /** By real folders. */
  private readonly visits = new Map<string, number>();

  constructor(
    private readonly folder: string,
    /** Without links. */
    readonly root: string,
    private readonly signal: AbortSignal,
  ) {}

  async collect(at: string, outer: FolderRules, above: ReadonlySet<string>): Promise<void> {
    this.signal.throwIfAborted();
    const here = path.join(this.folder, at);
    const rules = await outer.below(here, at);
    const names = (await readdir(here)).sort((one, other) => (one < other ? -1 : 1));
    for (const name of names) {
      const inner = at === '' ? name : `${at}/${name}`;
      const file = path.join(this.folder, inner);
      const facts = await stat(file).catch(() => undefined);
      if (facts === undefined) continue;
      const isFolder = facts.isDirectory();
      const verdict = rules.verdict(inner, isFolder);
      if (verdict === 'ignored') continue;
      if (verdict === 'secret' || (await this.leadsOut(file))) {
        this.withheld.push(inner);
      } else if (isFolder) {
        // A link to a folder above would never end.
        const real = await realpath(file);
        if (above.has(real)) continue;
        this.countVisit(real, inner);
        await this.collect(inner, rules, new Set([...above, real]));
      } else if (facts.isFile()) {
        const isExecutable = (facts.mode & 0o100) !== 0;
        this.files.push({ name: inner, file, size: facts.size, isExecutable });
        if (this.files.length > mostFiles) throw tooLarge(this.files);
      }
    }
  }

  /** Whether it is a link out of the folder, or to what is secret in it. */
  private async leadsOut(file: string): Promise<boolean> {
    if (!(await lstat(file)).isSymbolicLink()) return false;
    const below = path.relative(this.root, await realpath(file));
    const isOutside = below === '..' || below.startsWith(`..${path.sep}`) || path.isAbsolute(below);
    return isOutside || isSecret(below.replaceAll(path.sep, '/'));
  }

  /** Links beside each other multiply beyond all bounds. */
  private countVisit(real: string, inner: string): void {
    const visits = (this.visits.get(real) ?? 0) + 1;
    if (visits > mostVisits) throw new RayProblem('tooLarge', inner);
    this.visits.set(real, visits);
  }
}
