import type { ProjectFiles } from '../projectFiles';

/** A line of requirements that names another file of them: `-r requirements.txt`. */
export interface FileLine {
  readonly path: string;
  /** Where the path begins in the line. */
  readonly start: number;
}

const fileLine = /^(\s*(?:-r|--requirement|-c|--constraint) \s*)(\S(?:.*\S)?)\s*$/;

/** Reads one requirement as MLflow does: what follows ` #` is a comment. */
export function readFileLine(line: string): FileLine | undefined {
  const comment = line.indexOf(' #');
  const [, option = '', path] = fileLine.exec(comment === -1 ? line : line.slice(0, comment)) ?? [];
  return path === undefined ? undefined : { path, start: option.length };
}

/** Files within files that are looked into; a chain that long is a ring. */
const deepest = 10;

/**
 * The first file that is missing when this one of requirements is read, with those it names in turn, or 'ring' when they
 * name each other.
 */
export async function firstMissing(
  path: string,
  files: ProjectFiles,
  depth = 0,
): Promise<string | undefined> {
  if ((await files.kindOf(path)) !== 'file') {
    return path;
  }
  const text = depth < deepest ? await files.read(path) : undefined;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  for (const line of (text ?? '').split(/\r\n|[\r\n]/)) {
    const named = readFileLine(line)?.path;
    if (named !== undefined) {
      const missing = await firstMissing(joined(folder, named), files, depth + 1);
      if (missing !== undefined) {
        return missing;
      }
    }
  }
  return undefined;
}

/** A path as seen from a folder. */
export function joined(folder: string, path: string): string {
  return /^(?:[/\\]|[a-z]:[/\\])/i.test(path) ? path : folder + path;
}
