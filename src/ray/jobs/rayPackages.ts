import { stat } from 'node:fs/promises';
import { folderFiles } from './folderFiles';
import type { RayClient } from './rayClient';
import { RayProblem } from './rayProblem';
import { zipFiles } from './zipFiles';

/** Launches whose folder is remembered. */
const mostKept = 16;

/**
 * Brings folders to clusters, named by their content as Ray names its own, so that nothing is sent that is there. All launches of a
 * group get the folder as it was for the first of them.
 */
export class RayPackages {
  private readonly names = new Map<string, Promise<string>>();
  private readonly sending = new Map<string, Promise<void>>();

  /** Resolves to what `working_dir` has to be. Rejects with a {@link RayProblem}. */
  async bring(
    client: RayClient,
    folder: string,
    excludes: readonly string[],
    group: string,
    signal: AbortSignal,
  ): Promise<string> {
    const key = JSON.stringify([client.address.url, folder, excludes, group]);
    const known = this.names.get(key);
    const made = known ?? this.zipAndSend(client, folder, excludes, signal);
    this.keep(key, made);
    try {
      const name = await made;
      if (known === undefined || (await client.hasPackage(name, signal))) return `gcs://${name}`;
      // No job has used it for a while, or the cluster is another one.
      const again = this.zipAndSend(client, folder, excludes, signal);
      this.keep(key, again);
      return `gcs://${await again}`;
    } catch (error) {
      this.names.delete(key);
      throw error;
    }
  }

  private keep(key: string, name: Promise<string>): void {
    this.names.delete(key);
    this.names.set(key, name);
    name.catch(() => undefined);
    const [oldest] = this.names.keys();
    if (this.names.size > mostKept && oldest !== undefined) this.names.delete(oldest);
  }

  private async zipAndSend(
    client: RayClient,
    folder: string,
    excludes: readonly string[],
    signal: AbortSignal,
  ): Promise<string> {
    const isThere = await stat(folder).then(
      (facts) => facts.isDirectory(),
      () => false,
    );
    if (!isThere) throw new RayProblem('noFolder', folder);
    const { bytes, hash } = await zipFiles(await folderFiles(folder, excludes, signal), signal);
    const name = `_ray_pkg_${hash}.zip`;
    const key = `${client.address.url} ${name}`;
    const send = async (): Promise<void> => {
      if (!(await client.hasPackage(name, signal))) await client.putPackage(name, bytes, signal);
    };
    const sent = this.sending.get(key) ?? send().finally(() => this.sending.delete(key));
    this.sending.set(key, sent);
    await sent;
    return name;
  }
}
