import { Disk } from './disk';
import { LatestPoints } from './latestPoints';
import { MetaFiles } from './metaFiles';
import { Problems } from './problems';

/** The folder of one store, and what is remembered of it. */
export class Shelf {
  readonly disk = new Disk();
  readonly problems: Problems;
  readonly metas: MetaFiles;
  readonly latest: LatestPoints;

  /** `root` is absolute; `log` gets a line for what has to be left out. */
  constructor(
    readonly root: string,
    log: (line: string) => void,
  ) {
    this.problems = new Problems(root, log);
    this.metas = new MetaFiles(this.disk, this.problems);
    this.latest = new LatestPoints(this.disk, this.problems);
  }

  forget(): void {
    this.disk.forget();
    this.latest.forget();
  }
}
