import type { Run } from '../mlflow/model';
import { isLive, sameRun } from '../mlflow/runFacts';
import { keyOf, type ComparedEntry, type ComparedPlace } from './comparedRuns';
import type { RunReading } from './readRuns';
import type { Session } from './session';

/** What is known of the compared runs of one connection. */
export class ComparedEntries {
  private readonly known = new Map<string, ComparedEntry>();

  /** @param onChange these are known otherwise than before; none where it was only read when */
  constructor(private readonly onChange: (entries: readonly ComparedEntry[]) => void) {}

  get(key: string): ComparedEntry | undefined {
    return this.known.get(key);
  }

  get all(): readonly ComparedEntry[] {
    return [...this.known.values()];
  }

  /** Those that still change by themselves. */
  get live(): readonly ComparedEntry[] {
    return this.all.filter(({ run }) => run !== undefined && isLive(run));
  }

  /** Takes runs in, with what the lists of the view say of them. */
  add(places: readonly ComparedPlace[], session: Session | undefined): void {
    const experiments = session?.experiments;
    for (const place of places) {
      const key = keyOf(place);
      if (!this.known.has(key)) {
        this.known.set(key, {
          key,
          place,
          run: experiments?.runs(place.experimentId).run(place.runId),
          experimentName: experiments?.experiment(place.experimentId)?.name,
          standing: { kind: 'loading' },
          readAt: undefined,
        });
      }
    }
  }

  delete(key: string): void {
    this.known.delete(key);
  }

  /** Changes what is known of runs that are still compared. */
  put(keys: readonly string[], change: (entry: ComparedEntry) => Partial<ComparedEntry>): void {
    const changed: ComparedEntry[] = [];
    for (const key of keys) {
      const before = this.known.get(key);
      if (before !== undefined) {
        const after = { ...before, ...change(before) };
        this.known.set(key, after);
        if (!saysTheSame(before, after)) {
          changed.push(after);
        }
      }
    }
    this.onChange(changed);
  }

  /** Takes readings in, by the keys of their runs; what was known stays where nothing came. */
  take(readings: ReadonlyMap<string, RunReading>): void {
    this.put([...readings.keys()], (entry) => taken(entry, readings.get(entry.key)));
  }
}

function saysTheSame(one: ComparedEntry, other: ComparedEntry): boolean {
  const { run, standing, experimentName } = one;
  return (
    standing.kind === 'ready' &&
    other.standing.kind === 'ready' &&
    experimentName === other.experimentName &&
    run !== undefined &&
    other.run !== undefined &&
    sameRun(run, other.run)
  );
}

function taken(entry: ComparedEntry, reading: RunReading | undefined): Partial<ComparedEntry> {
  const readAt = Date.now();
  if (reading === undefined) {
    return {};
  }
  if ('error' in reading) {
    return { standing: { kind: 'failed', error: reading.error } };
  }
  const { run } = reading;
  return run === undefined
    ? { standing: { kind: 'gone' }, run: atRest(entry.run), readAt }
    : { standing: { kind: 'ready' }, run, readAt };
}

/** Nobody waits for the end of a run that is gone. */
function atRest(run: Run | undefined): Run | undefined {
  return run && { ...run, lifecycleStage: 'deleted' };
}
