import type { Disposable } from '../base/disposable';
import { EventSource } from '../base/event';
import { MlflowError } from '../mlflow/errors';
import type { TrackingStore } from '../mlflow/trackingStore';
import { wrapped } from '../mlflow/wrappedStore';

/** Whether a server still answers as it should, by what its last request came to. */
export class Health implements Disposable {
  private readonly changes = new EventSource<MlflowError | undefined>();
  private current: MlflowError | undefined;
  private answered: number | undefined;

  /** Fires when it falls ill, when the illness is another, and when it is well again. */
  readonly onDidChange = this.changes.event;

  /** Why the last request failed; `undefined` while all is well. */
  get failure(): MlflowError | undefined {
    return this.current;
  }

  /** When it last answered, in milliseconds since 1970; `undefined` as long as it has not. */
  get answeredAt(): number | undefined {
    return this.answered;
  }

  /** Takes note of how a request ended; a refusal of what was asked shows a healthy server. */
  note(error?: unknown): void {
    const failure =
      error instanceof MlflowError && (error.kind === 'unreachable' || isSignIn(error))
        ? error
        : undefined;
    if (failure === undefined || failure.kind !== 'unreachable') {
      this.answered = Date.now();
    }
    if (failure?.reason !== this.current?.reason) {
      this.current = failure;
      this.changes.fire(failure);
    }
  }

  /** Forgets the past, e.g. because the connection is opened anew. */
  reset(): void {
    this.note();
    this.answered = undefined;
  }

  dispose(): void {
    this.changes.dispose();
  }
}

/** A 403 is about what was asked, a 401 about who asks. */
function isSignIn({ kind, reason }: MlflowError): boolean {
  return kind === 'unauthorized' && reason !== 'forbidden';
}

/** The same store, which tells `health` how each request ended. */
export function watched(store: TrackingStore, health: Health): TrackingStore {
  return wrapped(store, async (_name, ask) => {
    try {
      const result = await ask();
      health.note();
      return result;
    } catch (error) {
      if (error instanceof MlflowError) {
        health.note(error);
      }
      throw error;
    }
  });
}
