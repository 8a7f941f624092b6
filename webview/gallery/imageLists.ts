import type { PageImage } from '../../src/protocol/pictureRequests';
import { reasonOf } from '../kit/announce';
import type { GalleryInput, GalleryRun } from './source';

/** What is known of the pictures of a run. */
export interface RunList {
  readonly images: readonly PageImage[];
  readonly isCut: boolean;
  readonly isRead: boolean;
  /** Why they were not read, as a sentence; those beside it are from before. */
  readonly problem: string | undefined;
}

const unread: RunList = { images: [], isCut: false, isRead: false, problem: undefined };
/** A slow store is asked more rarely: looking takes at most this part of the time. */
const share = 5;

/** Asks which pictures runs have, and again while they may log more. */
export class ImageLists {
  private lists: ReadonlyMap<string, RunList> = new Map();
  private readonly asking = new Map<string, AbortController>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private input: GalleryInput | undefined;

  constructor(private readonly onChange: () => void) {}

  /** The same map as long as nothing has changed. */
  get all(): ReadonlyMap<string, RunList> {
    return this.lists;
  }

  of(run: string): RunList {
    return this.lists.get(run) ?? unread;
  }

  /** Takes what the page shows now; asks for what was not asked for. */
  follow(input: GalleryInput): void {
    const before = this.input;
    this.input = input;
    const keys = new Set(input.runs.map(({ key }) => key));
    for (const key of this.lists.keys()) if (!keys.has(key)) this.forget(key);
    const isAnew = before !== undefined && before.reading !== input.reading;
    for (const run of input.runs) {
      const earlier = before?.runs.find(({ key }) => key === run.key);
      // A run that has ended may have logged something since it was last asked.
      const hasEnded = earlier?.isLive === true && !run.isLive;
      if (isAnew || hasEnded || earlier === undefined) void this.read(run);
      else if (run.isLive && !earlier.isLive) this.later(run, 0);
    }
  }

  retry(run: GalleryRun): void {
    void this.read(run);
  }

  dispose(): void {
    [...this.asking.keys(), ...this.timers.keys()].forEach((key) => this.stop(key));
    this.input = undefined;
    this.lists = new Map();
  }

  private async read(run: GalleryRun): Promise<void> {
    if (this.input === undefined) return;
    this.stop(run.key);
    const controller = new AbortController();
    this.asking.set(run.key, controller);
    const begun = performance.now();
    const change = await this.ask(run.key, controller.signal);
    if (controller.signal.aborted) return;
    this.asking.delete(run.key);
    this.put(run.key, change);
    this.later(run, (performance.now() - begun) * share);
  }

  private async ask(run: string, signal: AbortSignal): Promise<Partial<RunList>> {
    try {
      const { images, isCut } = (await this.input?.source.images(run, signal)) ?? unread;
      const isSame = this.lists.has(run) && sameImages(this.of(run).images, images);
      return { ...(isSame ? {} : { images }), isCut, isRead: true, problem: undefined };
    } catch (error) {
      return { problem: reasonOf(error) };
    }
  }

  private put(run: string, change: Partial<RunList>): void {
    this.lists = new Map([...this.lists, [run, { ...this.of(run), ...change }]]);
    this.onChange();
  }

  private later({ key }: GalleryRun, least: number): void {
    const interval = (this.input?.refreshInterval ?? 0) * 1000;
    const isLive = this.input?.runs.find((run) => run.key === key)?.isLive === true;
    if (interval <= 0 || !isLive) return;
    const timer = setTimeout(
      () => {
        const run = this.input?.runs.find((each) => each.key === key);
        if (run?.isLive === true) void this.read(run);
      },
      Math.max(interval, least),
    );
    this.timers.set(key, timer);
  }

  private stop(run: string): void {
    this.asking.get(run)?.abort();
    this.asking.delete(run);
    clearTimeout(this.timers.get(run));
    this.timers.delete(run);
  }

  private forget(run: string): void {
    this.stop(run);
    this.lists = new Map([...this.lists].filter(([key]) => key !== run));
  }
}

function sameImages(one: readonly PageImage[], other: readonly PageImage[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ path, thumbnail }, at) => {
      const same = other[at];
      return path === same?.path && thumbnail === same.thumbnail;
    })
  );
}
