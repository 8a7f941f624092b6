import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** A folder with a folder in it that downloads go to, so that whatever is written beside shows. */
export interface Sandbox {
  readonly root: string;
  readonly target: string;
  /** Everything but the target: paths, kinds and contents. */
  outside(): Promise<readonly string[]>;
  /** The files of the target, by `/`-separated path. */
  inside(): Promise<ReadonlyMap<string, string>>;
  remove(): Promise<void>;
}

export async function makeSandbox(): Promise<Sandbox> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'mlflow downloads ')));
  const target = join(root, 'deep', 'down', 'target');
  await mkdir(target, { recursive: true });
  return {
    root,
    target,
    outside: async () => (await look(root)).filter((line) => !line.startsWith('deep/down/target/')),
    inside: async () => {
      const files = new Map<string, string>();
      for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile()) {
          // It may be gone by now, while something is being downloaded.
          const text = await readFile(path, 'utf8').catch(() => undefined);
          if (text !== undefined) {
            files.set(relative(target, path).replaceAll('\\', '/'), text);
          }
        }
      }
      return files;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function look(root: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).replaceAll('\\', '/');
    const what = entry.isSymbolicLink()
      ? `link ${await readlink(path)}`
      : entry.isFile()
        ? createHash('sha256')
            .update(await readFile(path))
            .digest('hex')
        : 'folder';
    lines.push(`${name}: ${what}`);
  }
  return lines.toSorted();
}
