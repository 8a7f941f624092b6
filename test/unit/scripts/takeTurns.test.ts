import assert from 'node:assert/strict';
import { takeTurns } from '../../../scripts/takeTurns.mts';
import type { Turn } from '../../../scripts/takeTurns.mts';

/** Lets all that is due happen. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Turns that last until they are told to end, and a record of those that run. */
class Record {
  readonly running = new Set<string>();
  private readonly ends = new Map<string, (error?: Error) => void>();

  turn(name: string, seats: number, ready: Promise<unknown> = Promise.resolve()): Turn {
    return {
      seats,
      ready,
      run: async () => {
        this.running.add(name);
        await new Promise<void>((resolve, reject) =>
          this.ends.set(name, (error) => (error === undefined ? resolve() : reject(error))),
        ).finally(() => this.running.delete(name));
      },
    };
  }

  async end(name: string, error?: Error): Promise<void> {
    this.ends.get(name)?.(error);
    await settle();
  }

  async says(...names: readonly string[]): Promise<void> {
    await settle();
    assert.deepEqual([...this.running], names);
  }
}

describe('what takes turns', () => {
  it('runs as much at once as there are seats for, in order', async () => {
    const record = new Record();
    const turns = ['a', 'b', 'c'].map((name) => record.turn(name, 1));
    const done = takeTurns(turns, 2);
    await record.says('a', 'b');
    await record.end('b');
    await record.says('a', 'c');
    await record.end('a');
    await record.end('c');
    await done;
  });

  it('leaves alone what takes all seats, and what comes later does not pass it', async () => {
    const record = new Record();
    const turns = [record.turn('a', 1), record.turn('alone', 2), record.turn('b', 1)];
    const done = takeTurns(turns, 2);
    await record.says('a');
    await record.end('a');
    await record.says('alone');
    await record.end('alone');
    await record.says('b');
    await record.end('b');
    await done;
  });

  it('lets others go first while something is not ready, even if that never comes about', async () => {
    const record = new Record();
    let refuse = (): void => undefined;
    const ready = new Promise((_resolve, reject) => (refuse = () => reject(new Error('no'))));
    const done = takeTurns([record.turn('late', 2, ready), record.turn('a', 1)], 2);
    await record.says('a');
    refuse();
    await record.says('a');
    await record.end('a');
    await record.says('late');
    await record.end('late');
    await done;
  });

  it('begins nothing more once one has thrown, and throws that when the rest has ended', async () => {
    const record = new Record();
    const turns = ['a', 'b', 'c'].map((name) => record.turn(name, 1));
    const done = takeTurns(turns, 2);
    let outcome: unknown = 'open';
    done.catch((error: unknown) => (outcome = error));
    await settle();
    const error = new Error('a');
    await record.end('a', error);
    await record.says('b');
    assert.equal(outcome, 'open');
    await record.end('b');
    assert.equal(outcome, error);
    await record.says();
  });
});
