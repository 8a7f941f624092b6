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
/** Remembered, too, so that it is not read again and again. */
const broken = 'broken';

/** Which fields make a `meta.yaml` whole. */
export interface MetaShape {
  /** Without one of these it is broken. */
  readonly required: readonly string[];
  /** The last field that every version of MLflow writes; without it a file may still be growing. */
  readonly last: string;
}

/** What became of a file; `undefined` where it is broken. */
type Parsed = Meta | 'growing' | 'unreadable' | undefined;

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
    const kept = this.disk.kept<Meta | typeof broken>(path, facts);
    if (kept !== undefined) {
      return kept === broken ? undefined : kept;
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
    return this.known(path, facts, meta);
  }

  private known(path: string, facts: Stats, parsed: Parsed): Meta | undefined {
    if (parsed === 'unreadable') {
      this.problems.leftOut(path, 'it cannot be read');
      return undefined;
    }
    const meta = parsed === 'growing' ? undefined : parsed;
    if (meta === undefined) {
      this.problems.leftOut(path, 'it is broken or not whole');
    }
    this.disk.keep(path, facts, meta ?? broken, meta === undefined ? 0 : facts.size);
    return meta;
  }

  private async parse(path: string, facts: Stats, { required, last }: MetaShape): Promise<Parsed> {
    const text = this.disk.fresh(path, facts);
    if (text === undefined) {
      return 'unreadable';
    }
    const values = text && (readFlatYaml(text) ?? (await readWholeYaml(text)));
    if (!values || !required.every((key) => values.has(key))) {
      return undefined;
    }
    const isWhole = last === '' || (values.has(last) && text.endsWith('\n'));
    return isWhole || isSettled(facts) ? new Meta(values) : 'growing';
  }
}
