import { stat } from 'node:fs/promises';
import { folderFiles } from './folderFiles';
import type { RayClient } from './rayClient';
import { RayProblem } from './rayProblem';
import { zipFiles } from './zipFiles';

/** A folder that a cluster has. */
export interface RayPackage {
  /** For `working_dir`. */
  readonly uri: string;
  /** See `FolderFiles`. */
  readonly withheld: readonly string[];
}

/** Launches whose folder is remembered. */
const mostKept = 16;
const scheme = 'gcs://';

/**
 * Brings folders to clusters, named by their content as Ray names its own, so that nothing is sent that is there. All launches of a
 * group get the folder as it was for the first of them.
 */
export class RayPackages {
  private readonly made = new Map<string, Promise<RayPackage>>();
  private readonly sending = new Map<string, Promise<void>>();

  /** Rejects with a {@link RayProblem}. */
  async bring(
    client: RayClient,
    folder: string,
    excludes: readonly string[],
    group: string,
    signal: AbortSignal,
  ): Promise<RayPackage> {
    const key = JSON.stringify([client.address.url, folder, excludes, group]);
    const known = this.made.get(key);
    const made = known ?? this.zipAndSend(client, folder, excludes, signal);
    this.keep(key, made);
    try {
      const found = await made;
      const name = found.uri.slice(scheme.length);
      if (known === undefined || (await client.hasPackage(name, signal))) return found;
      // No job has used it for a while, or the cluster is another one.
      const again = this.zipAndSend(client, folder, excludes, signal);
      this.keep(key, again);
      return await again;
    } catch (error) {
      this.made.delete(key);
      throw error;
    }
  }

  private keep(key: string, made: Promise<RayPackage>): void {
    this.made.delete(key);
    this.made.set(key, made);
    made.catch(() => undefined);
    const [oldest] = this.made.keys();
    if (this.made.size > mostKept && oldest !== undefined) this.made.delete(oldest);
  }

  private async zipAndSend(
    client: RayClient,
    folder: string,
    excludes: readonly string[],
    signal: AbortSignal,
  ): Promise<RayPackage> {
    const isThere = await stat(folder).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    if (!isThere) throw new RayProblem('noFolder', folder);
    const { files, withheld } = await folderFiles(folder, excludes, signal);
    const { parts, hash } = await zipFiles(files, signal);
    const name = `_ray_pkg_${hash}.zip`;
    const key = `${client.address.url} ${name}`;
    const send = async (): Promise<void> => {
      if (!(await client.hasPackage(name, signal))) await client.putPackage(name, parts, signal);
    };
    const sent = this.sending.get(key) ?? send().finally(() => this.sending.delete(key));
    this.sending.set(key, sent);
    await sent;
    return { uri: scheme + name, withheld };
  }
}
