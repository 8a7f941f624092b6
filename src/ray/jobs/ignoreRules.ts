interface Rule {
  readonly pattern: RegExp;
  readonly isException: boolean;
  readonly isOfFolders: boolean;
}

/** The rules of one `.gitignore` or `.rayignore`, or of a list of patterns of that form (gitignore(5)). */
export class IgnoreRules {
  private readonly rules: readonly Rule[];

  constructor(lines: readonly string[]) {
    this.rules = lines.flatMap((line) => readRule(line) ?? []);
  }

  /** Whether something is left out; what is below it is then, too. `path` counts from where the rules are, with `/`. */
  ignores(path: string, isFolder: boolean): boolean {
    return this.verdict(path, isFolder) === true;
  }

  /** As {@link ignores}; undefined where no rule fits. */
  verdict(path: string, isFolder: boolean): boolean | undefined {
    const last = this.rules.findLast(
      ({ pattern, isOfFolders }) => (isFolder || !isOfFolders) && pattern.test(path),
    );
    return last && !last.isException;
  }
}

function readRule(line: string): Rule | undefined {
  const bare = line.replace(/\r$/, '').replace(/(?<!\\)[ \t]+$/, '');
  if (bare === '' || bare.startsWith('#')) return undefined;
  const isException = bare.startsWith('!');
  const text = (isException ? bare.slice(1) : bare).replace(/^\\(?=[#!])/, '');
  const isOfFolders = text.endsWith('/');
  const path = text.replace(/\/+$/, '');
  if (path === '') return undefined;
  const isAnchored = path.includes('/');
  const source = sourceOf(path.replace(/^\//, ''));
  const start = isAnchored ? '^' : '^(?:.*/)?';
  try {
    return { pattern: new RegExp(`${start}${source}$`, 's'), isException, isOfFolders };
  } catch {
    return undefined;
  }
}

/** A pattern as a regular expression: no star goes beyond a slash, except a pair of them. */
function sourceOf(pattern: string): string {
  let source = '';
  for (let at = 0; at < pattern.length;) {
    const rest = pattern.slice(at);
    const [piece, made] = pieceOf(rest, at === 0 || pattern[at - 1] === '/');
    source += made;
    at += piece.length;
  }
  return source;
}

function pieceOf(rest: string, isStart: boolean): readonly [piece: string, source: string] {
  if (isStart && rest.startsWith('**/')) return ['**/', '(?:.*/)?'];
  if (isStart && rest === '**') return ['**', '.+'];
  const [stars] = /^\*+/.exec(rest) ?? [];
  if (stars !== undefined) return [stars, '[^/]*'];
  if (rest.startsWith('?')) return ['?', '[^/]'];
  const [set, not, inner] = /^\[([!^]?)(\]?[^\]]*)\]/.exec(rest) ?? [];
  if (set !== undefined && inner !== undefined && inner !== '') {
    return [set, `[${not === '' ? '' : '^/'}${inner.replaceAll(/[\\\][]/g, '\\$&')}]`];
  }
  const [escaped, character] = /^\\(.)/su.exec(rest) ?? [];
  if (escaped !== undefined && character !== undefined) return [escaped, literal(character)];
  const plain = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return [plain, literal(plain)];
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
