import { isAbortError, MlflowError } from '../mlflow/errors';
import { ArtifactWalk, type FoundFile } from './artifactWalk';
import { DiskError } from './diskError';
import type {
  Counted,
  Done,
  DownloadedItem,
  DownloadOptions,
  DownloadResult,
  FailedPath,
  RefusedPath,
  TransferProgress,
} from './download';
import { downloadFile } from './fileDownload';

const filesAtOnce = 4;
const lostInARow = 3;
/** So many are named; of all others only how many there are. */
const mostNamed = 1000;

interface Found extends FoundFile {
  readonly item: DownloadedItem;
}

type Troubles = Pick<DownloadResult, 'refused' | 'failed' | 'isStopped'>;

/** One attempt at a download. */
export class DownloadRun {
  private readonly walks: readonly (ArtifactWalk | undefined)[];
  private readonly underWay = new Map<Found, number>();
  private readonly refused = new Named<RefusedPath>();
  private readonly failed = new Named<FailedPath>();
  private readonly controller = new AbortController();
  private readonly signal: AbortSignal;
  private nextItem = 0;
  private lost = 0;
  private isStopped = false;

  constructor(
    private readonly options: DownloadOptions,
    private readonly done: Done,
    signal: AbortSignal,
  ) {
    this.signal = AbortSignal.any([signal, this.controller.signal]);
    this.walks = options.items.map((item) => (item.isDirectory ? this.walk(item) : undefined));
  }

  get progress(): TransferProgress {
    const known = this.walks.map((walk, index) =>
      walk === undefined ? { files: 1, bytes: this.options.items[index]?.size ?? 0 } : walk.totals,
    );
    const bytes = this.done.bytes + sum([...this.underWay.values()]);
    return {
      files: this.done.paths.size,
      bytes,
      totalFiles: sum(known.map(({ files }) => files)),
      totalBytes: Math.max(bytes, sum(known.map((each) => each.bytes))),
      isListed: this.walks.every((walk) => walk?.isWhole ?? true),
    };
  }

  async finish(): Promise<Troubles> {
    await Promise.all(Array.from({ length: filesAtOnce }, () => this.takeOn()));
    const { refused, failed } = this;
    return { refused, failed, isStopped: this.isStopped || this.signal.aborted };
  }

  private async takeOn(): Promise<void> {
    for (;;) {
      const found = this.signal.aborted ? undefined : await this.next();
      if (found === undefined) {
        return;
      }
      if (!this.done.paths.has(found.parts.join('/'))) {
        await this.take(found);
      }
    }
  }

  /** The next file of all items, in their order. */
  private async next(): Promise<Found | undefined> {
    for (;;) {
      const at = this.nextItem;
      const item = this.options.items[at];
      if (item === undefined) {
        return undefined;
      }
      const walk = this.walks[at];
      if (walk === undefined) {
        this.nextItem++;
        const { place, parts, size } = item;
        return { item, place, parts, size };
      }
      const found = await walk.next();
      if (found !== undefined) {
        return { item, ...found };
      }
      this.nextItem = Math.max(this.nextItem, at + 1);
    }
  }

  private async take(found: Found): Promise<void> {
    const { item, place, parts, size } = found;
    const { target, platform, busy } = this.options;
    const path = [target.path, ...parts].join('/');
    try {
      if (busy.has(path)) {
        throw new DiskError('busy', path);
      }
      busy.add(path);
      this.underWay.set(found, 0);
      const { signal } = this;
      const outcome = await downloadFile(
        {
          ...{ place, parts, size, id: item.idOf(place.path) },
          ...{ whereTaken: item.whereTaken, finished: item.finished },
        },
        {
          ...{ target, platform, signal },
          ask: (work) => item.ask(work, signal),
          onProgress: ({ written }) => this.underWay.set(found, written),
        },
      );
      this.done.paths.add(parts.join('/'));
      this.done.bytes += outcome === 'kept' ? (size ?? 0) : outcome.size;
      this.done.kept += outcome === 'kept' ? 1 : 0;
      this.done.verified += outcome !== 'kept' && outcome.verified !== undefined ? 1 : 0;
      this.lost = 0;
    } catch (error) {
      this.fail(place.path, error);
    } finally {
      busy.delete(path);
      this.underWay.delete(found);
    }
  }

  private walk(item: DownloadedItem): ArtifactWalk {
    const { target, platform } = this.options;
    const { place, parts } = item;
    return new ArtifactWalk([{ place, parts }], {
      platform,
      foldsNames: target.foldsNames || platform !== 'linux',
      list: async ({ owner, path }) => {
        const { signal } = this;
        const listing = await item.ask((store) => store.listArtifacts(owner, path, signal), signal);
        return listing.files;
      },
      onRefused: (path, refusal) => this.refused.add({ path, refusal }),
      onFailed: (folder, error) => this.fail(folder.place.path, error),
    });
  }

  /** What others would fail of alike ends the attempt. */
  private fail(path: string, error: unknown): void {
    if (isAbortError(error)) {
      return;
    }
    this.failed.add({ path, error });
    const { kind } = error instanceof MlflowError ? error : {};
    this.lost = kind === 'unreachable' ? this.lost + 1 : 0;
    const isHopeless =
      kind === 'unauthorized' ||
      this.lost >= lostInARow ||
      (error instanceof DiskError && error.isFinal);
    if (isHopeless) {
      this.isStopped = true;
      this.walks.forEach((walk) => walk?.end());
      this.controller.abort();
    }
  }
}

class Named<T> implements Counted<T> {
  readonly named: T[] = [];
  count = 0;

  add(one: T): void {
    this.count++;
    if (this.named.length < mostNamed) {
      this.named.push(one);
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
