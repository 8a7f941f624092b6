/** Crashes within {@link period} milliseconds after which the server stays down, since it would only crash again. */
const most = 5;
const period = 3 * 60_000;

/** What is to be done about a server that ended by itself: a person is told once that it was started again. */
export type AfterCrash = 'restartAndTell' | 'restart' | 'stayDown';

/** Counts how often the server ended by itself. */
export class Restarts {
  private crashes: number[] = [];
  private wasTold = false;

  /** @param now milliseconds */
  constructor(private readonly now: () => number = Date.now) {}

  afterCrash(): AfterCrash {
    const now = this.now();
    this.crashes = [...this.crashes, now].filter((time) => time > now - period);
    if (this.crashes.length >= most) {
      return 'stayDown';
    }
    const isFirst = !this.wasTold;
    this.wasTold = true;
    return isFirst ? 'restartAndTell' : 'restart';
  }

  /** Somebody wants to try it once more. */
  forget(): void {
    this.crashes = [];
  }
}
