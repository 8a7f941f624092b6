import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Disk } from './disk';
import { readFlatYaml } from './flatYaml';
import { Meta } from './meta';
import { isSettled } from './metricFile';
import type { Problems } from './problems';
import { readWholeYaml } from './wholeYaml';

/** MLflow writes a `meta.yaml` in one go, in place: it is whole again at once. */
const retryMs = 50;

/** Which fields make a `meta.yaml` whole. */
export interface MetaShape {
  /** Without one of these it is broken. */
  readonly required: readonly string[];
  /** The last field that every version of MLflow writes; without it a file may still be growing. */
  readonly last: string;
}

/** Reads `meta.yaml` files, each once as long as it stays the same. */
export class MetaFiles {
  constructor(
    private readonly disk: Disk,
    private readonly problems: Problems,
  ) {}

  /**
   * The `meta.yaml` of a folder, read again a moment later where it is only half written; `undefined` where there is none, or
   * where it stays broken, which is said in the log.
   */
  async read(folder: string, shape: MetaShape, signal: AbortSignal): Promise<Meta | undefined> {
    const path = join(folder, 'meta.yaml');
    const facts = this.disk.facts(path);
    if (facts === undefined) {
      return undefined;
    }
    const kept = this.disk.kept<Meta>(path, facts);
    if (kept !== undefined) {
      return kept;
    }
    const meta = await this.parse(path, facts, shape);
    if (meta === 'growing' || (meta === undefined && !isSettled(facts))) {
      await delay(retryMs, undefined, { signal });
      return this.readAgain(path, shape);
    }
    return this.known(path, facts, meta);
  }

  private async readAgain(path: string, shape: MetaShape): Promise<Meta | undefined> {
    const facts = this.disk.facts(path);
    if (facts === undefined) {
      return undefined;
    }
    const meta = await this.parse(path, facts, { required: shape.required, last: '' });
    return this.known(path, facts, meta === 'growing' ? undefined : meta);
  }

  private known(path: string, facts: Stats, meta: Meta | undefined): Meta | undefined {
    if (meta === undefined) {
      this.problems.leftOut(path, 'it is broken or not whole');
    } else {
      this.disk.keep(path, facts, meta, facts.size);
    }
    return meta;
  }

  private async parse(
    path: string,
    facts: Stats,
    { required, last }: MetaShape,
  ): Promise<Meta | 'growing' | undefined> {
    const text = this.disk.fresh(path, facts);
    const values = text && (readFlatYaml(text) ?? (await readWholeYaml(text)));
    if (!values || !required.every((key) => values.has(key))) {
      return undefined;
    }
    const isWhole = last === '' || (values.has(last) && text.endsWith('\n'));
    return isWhole || isSettled(facts) ? new Meta(values) : 'growing';
  }
}
