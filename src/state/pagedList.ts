import type { Disposable } from '../base/disposable';
import { MlflowError } from '../mlflow/errors';
import type { Page } from '../mlflow/trackingStore';

export type FetchPage<T> = (pageToken: string | undefined, signal: AbortSignal) => Promise<Page<T>>;

/** Whether two plain readings of a thing say the same. */
export function sameFacts(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export interface PagedListOptions<T> {
  readonly fetchPage: FetchPage<T>;
  readonly keyOf: (item: T) => string;
  /** Whether two readings say the same; then the one that is there stays, and its row need not be drawn anew. */
  readonly same?: (one: T, other: T) => boolean;
  /** The list that this one takes the place of; its items stay in sight should the first read fail. */
  readonly former?: PagedList<T>;
  /** Called when a load that nobody awaits for drawing has ended, or when items were replaced. */
  readonly onChange: () => void;
}

/** What {@link PagedList.update} was told. */
interface Correction<T> {
  readonly newer: readonly T[];
  readonly gone: readonly string[];
}

/** So many empty pages, each with a next one, mean that the list would never end. */
const emptyPages = 3;
/** New items that fill more pages than this take the place of the old ones, which can be read on to. */
const headPages = 10;

/**
 * A list read page by page. Items keep their order and their place; an item that a later page
 * repeats is dropped. A failure is kept in `error` beside the items that are there.
 */
export class PagedList<T> implements Disposable {
  private byKey = new Map<string, T>();
  private token: string | undefined;
  private failure: Error | undefined;
  private failedPage: 'first' | 'next' = 'first';
  private readAt: number | undefined;
  private pages = 0;
  /** Items were taken away here, so that the token, an offset, would skip as many. */
  private shifted = false;
  /** What was put in place while a load was under way, whose answer may be older. */
  private corrections: Correction<T>[] = [];
  private task: Promise<void> | undefined;
  private controller: AbortController | undefined;
  private disposed = false;

  constructor(private readonly options: PagedListOptions<T>) {}

  get items(): readonly T[] {
    return [...this.byKey.values()];
  }

  /** The items without a copy of them all. */
  [Symbol.iterator](): IterableIterator<T> {
    return this.byKey.values();
  }

  get size(): number {
    return this.byKey.size;
  }

  get(key: string): T | undefined {
    return this.byKey.get(key);
  }

  /** Why the last load failed; cleared by the next one that succeeds. */
  get error(): Error | undefined {
    return this.failure;
  }

  /** Whether it was reading on that failed, so that what is there is still as it should be. */
  get failedReadingOn(): boolean {
    return this.failure !== undefined && this.failedPage === 'next';
  }

  /** When the items were last read, in milliseconds since 1970; `undefined` before the first success. */
  get loadedAt(): number | undefined {
    return this.readAt;
  }

  get hasMore(): boolean {
    return this.token !== undefined;
  }

  get isBusy(): boolean {
    return this.task !== undefined;
  }

  /** Reads the first page unless it was read, or failed, before. Never rejects. */
  async ensure(): Promise<void> {
    while (this.readAt === undefined && this.failure === undefined && !this.disposed) {
      await (this.task ?? this.start((signal) => this.readFirst(signal), false));
    }
  }

  /** Reads the next page. */
  async more(): Promise<void> {
    await this.task;
    if (this.token !== undefined) {
      await this.start((signal) => this.readNext(signal), true, 'next');
    }
  }

  /** Tries again what failed. */
  async retry(): Promise<void> {
    await (this.failedReadingOn ? this.more() : this.reload());
  }

  /** Reads as many pages anew as there were, and puts them in the place of the old ones at once. */
  async reload(): Promise<void> {
    await this.start((signal) => this.readAll(signal), true);
  }

  /**
   * Reads the first page anew and puts it before what is there, so that new items appear while
   * later pages stay. Joins a load that is under way. Who calls it compares and announces.
   */
  async freshen(): Promise<void> {
    await (this.task ?? this.start((signal) => this.readHead(signal), false));
  }

  /** Reads as many pages anew as there were, and announces it where anything is different. Joins a load that is under way. */
  async follow(): Promise<void> {
    const before = this.items;
    const { failure } = this;
    await (this.task ?? this.start((signal) => this.readAll(signal), false));
    const now = this.items;
    const isOther =
      (failure === undefined) !== (this.failure === undefined) ||
      now.length !== before.length ||
      now.some((item, at) => item !== before[at]);
    if (isOther && !this.disposed) {
      this.options.onChange();
    }
  }

  /**
   * Puts newer readings in the place of items, and takes items away; a load that is under way, and may
   * have been answered before, does not undo it.
   */
  update(newer: Iterable<T>, gone: Iterable<string> = []): void {
    const correction = { newer: [...newer], gone: [...gone] };
    this.correct(correction);
    if (this.task !== undefined) {
      this.corrections.push(correction);
    }
  }

  dispose(): void {
    this.disposed = true;
    this.controller?.abort();
  }

  private start(
    work: (signal: AbortSignal) => Promise<void>,
    announce: boolean,
    page: 'first' | 'next' = 'first',
  ): Promise<void> {
    if (this.disposed) {
      return Promise.resolve();
    }
    this.controller?.abort();
    const controller = new AbortController();
    this.controller = controller;
    this.corrections = [];
    const task = this.attempt(work, page, controller.signal).then(() => {
      if (this.task === task) {
        this.task = undefined;
        if (announce && !this.disposed) {
          this.options.onChange();
        }
      }
    });
    this.task = task;
    return task;
  }

  private async attempt(
    work: (signal: AbortSignal) => Promise<void>,
    page: 'first' | 'next',
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await work(signal);
      this.corrections.forEach((correction) => this.correct(correction));
      this.shifted ||= this.corrections.some(({ gone }) => gone.length > 0);
      this.failure = undefined;
      this.readAt = Date.now();
    } catch (error) {
      if (!signal.aborted) {
        this.failure = error instanceof Error ? error : new Error(String(error));
        this.failedPage = page;
        this.inherit();
      }
    }
  }

  /** Shows what was there before when nothing of its own has come yet. */
  private inherit(): void {
    const { former } = this.options;
    if (this.readAt === undefined && former !== undefined) {
      this.byKey = new Map(former.byKey);
      this.readAt = former.readAt;
    }
  }

  private correct({ newer, gone }: Correction<T>): void {
    for (const item of newer) {
      const key = this.options.keyOf(item);
      if (this.byKey.has(key)) {
        this.byKey.set(key, item);
      }
    }
    for (const key of gone) {
      this.shifted = this.byKey.delete(key) || this.shifted;
    }
  }

  private async readFirst(signal: AbortSignal): Promise<void> {
    const page = await this.fetch(undefined, signal);
    this.byKey = new Map();
    this.add(page.items, this.byKey);
    this.token = page.nextPageToken;
    this.pages = 1;
    this.shifted = false;
  }

  /**
   * Reads on until something new comes. Pages that only repeat what is known are no failure while
   * there is enough of that to repeat: new items shift what follows.
   */
  private async readNext(signal: AbortSignal): Promise<void> {
    if (this.shifted) {
      await this.readAll(signal, this.pages + 1);
      return;
    }
    let empty = 0;
    let repeated = 0;
    while (this.token !== undefined) {
      const { token } = this;
      const before = this.byKey.size;
      const page = await this.fetch(token, signal);
      this.add(page.items, this.byKey);
      this.token = page.nextPageToken;
      this.pages++;
      if (this.byKey.size > before) {
        return;
      }
      empty += page.items.length === 0 ? 1 : 0;
      repeated += page.items.length;
      if (this.token === token || empty === emptyPages || repeated > before) {
        throw new MlflowError('malformed', 'paging');
      }
    }
  }

  private async readAll(signal: AbortSignal, wanted = this.pages): Promise<void> {
    const fresh = new Map<string, T>();
    let token: string | undefined;
    let pages = 0;
    do {
      const page = await this.fetch(token, signal);
      this.add(page.items, fresh);
      token = page.nextPageToken;
      pages++;
    } while (token !== undefined && pages < wanted);
    this.byKey = fresh;
    this.token = token;
    this.pages = pages;
    this.shifted = false;
  }

  /** Reads on from the head until it meets what was there, so that nothing new is left out in between. */
  private async readHead(signal: AbortSignal): Promise<void> {
    const had = this.byKey;
    const fresh = new Map<string, T>();
    let token: string | undefined;
    let pages = 0;
    let met = had.size === 0;
    do {
      const page = await this.fetch(token, signal);
      this.add(page.items, fresh);
      token = page.nextPageToken;
      pages++;
      met ||= page.items.some((item) => had.has(this.options.keyOf(item)));
    } while (!met && token !== undefined && pages < headPages);
    if (met && token !== undefined && had.size > 0) {
      this.add([...had.values()], fresh);
      token = this.token;
      pages += this.pages - 1;
    }
    this.byKey = fresh;
    this.token = token;
    this.pages = pages;
  }

  private async fetch(token: string | undefined, signal: AbortSignal): Promise<Page<T>> {
    const page = await this.options.fetchPage(token, signal);
    signal.throwIfAborted();
    return page;
  }

  private add(items: readonly T[], into: Map<string, T>): void {
    for (const item of items) {
      const key = this.options.keyOf(item);
      if (!into.has(key)) {
        const had = this.byKey.get(key);
        into.set(key, had !== undefined && this.options.same?.(had, item) === true ? had : item);
      }
    }
  }
}
