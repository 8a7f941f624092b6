import { abortError } from './abortError';

/**
 * Work that is done once for everybody who asks: concurrent callers share it, a result is kept, a
 * failure is not. When the last caller gives up, the work is cancelled.
 */
export class Shared<T> {
  private value: { readonly is: T } | undefined;
  private running:
    { promise: Promise<T>; controller: AbortController; callers: number } | undefined;

  constructor(private readonly work: (signal: AbortSignal) => Promise<T>) {}

  get(signal: AbortSignal): Promise<T> {
    if (signal.aborted) {
      return Promise.reject(abortError());
    }
    if (this.value !== undefined) {
      return Promise.resolve(this.value.is);
    }
    const running = (this.running ??= this.start());
    running.callers++;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        reject(abortError());
        if (--running.callers === 0) {
          running.controller.abort();
          this.ended(running.controller);
        }
      };
      signal.addEventListener('abort', leave, { once: true });
      running.promise
        .finally(() => signal.removeEventListener('abort', leave))
        .then(resolve, reject);
    });
  }

  /** The next caller does the work anew, even while some still wait for what was begun before. */
  forget(): void {
    this.value = undefined;
    this.running = undefined;
  }

  private start(): NonNullable<typeof this.running> {
    const controller = new AbortController();
    const promise = this.work(controller.signal);
    const started = { promise, controller, callers: 0 };
    promise.then(
      (value) => {
        if (this.running === started) {
          this.value = { is: value };
        }
        this.ended(controller);
      },
      () => this.ended(controller),
    );
    return started;
  }

  private ended(controller: AbortController): void {
    if (this.running?.controller === controller) {
      this.running = undefined;
    }
  }
}
