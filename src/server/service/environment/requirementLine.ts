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

/** Files that are looked into, all in all. */
const mostFiles = 100;

/**
 * The first file that is missing when this one of requirements is read, with those it names in turn.
 *
 * @param seen URIs of those that were read already: files may name one another, and more than once
 */
export async function firstMissing(
  path: string,
  files: ProjectFiles,
  seen = new Set<string>(),
): Promise<string | undefined> {
  const uri = files.uriOf(path);
  if (seen.has(uri) || seen.size >= mostFiles) {
    return undefined;
  }
  seen.add(uri);
  const kind = await files.kindOf(path);
  if (kind !== 'file') {
    return kind === 'unknown' ? undefined : path;
  }
  const text = await files.read(path);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  for (const line of (text ?? '').split(/\r\n|[\r\n]/)) {
    const named = readFileLine(line)?.path;
    if (named !== undefined) {
      const missing = await firstMissing(joined(folder, named), files, seen);
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
