import { type Stats, closeSync, openSync, readSync } from 'node:fs';
import type { MetricPoint } from '../../mlflow/model';
import type { Disk } from './disk';
import { type KeyFile, filesOfKeys } from './keyFiles';
import { LatestPoint } from './latestPoint';
import { isSettled, readWholeLines } from './metricFile';
import { MetricLines } from './metricLines';
import type { Problems } from './problems';

/** How far a large file was read, and what its bytes were there. */
interface Progress {
  readonly ino: number;
  readonly taken: number;
  readonly tail: Buffer;
  readonly latest: LatestPoint;
}

const smallSize = 64 * 1024;
const tailSize = 64;
const maxLargeFiles = 2_000;

/** Finds the latest point of metrics. Of a large file that grew only what is new is read. */
export class LatestPoints {
  private readonly large = new Map<string, Progress>();

  constructor(
    private readonly disk: Disk,
    private readonly problems: Problems,
  ) {}

  /** The latest point of each metric in a `metrics` folder, or of those of `keys`. */
  async of(folder: string, signal: AbortSignal, keys?: readonly string[]): Promise<MetricPoint[]> {
    const points: MetricPoint[] = [];
    for (const file of filesOfKeys(this.disk, folder, keys)) {
      const latest =
        file.facts.size <= smallSize ? this.ofSmall(file) : await this.ofLarge(file, signal);
      if (latest !== undefined && latest.brokenLines > 0) {
        this.problems.leftOut(file.path, `${latest.brokenLines} of its lines, which are broken`);
      }
      if (latest?.best !== undefined) {
        points.push({ key: file.key, ...latest.best });
      }
    }
    return points;
  }

  forget(): void {
    this.large.clear();
  }

  private ofSmall({ path, facts }: KeyFile): LatestPoint | undefined {
    return this.disk.parsed(path, facts, (text) => {
      const latest = new LatestPoint();
      const whole = isSettled(facts) ? text : text.slice(0, text.lastIndexOf('\n') + 1);
      const bytes = Buffer.from(whole);
      new MetricLines(bytes, bytes.length, latest).read();
      return latest;
    });
  }

  private async ofLarge(
    { path, facts }: KeyFile,
    signal: AbortSignal,
  ): Promise<LatestPoint | undefined> {
    const kept = this.disk.kept<LatestPoint>(path, facts);
    if (kept !== undefined) {
      return kept;
    }
    try {
      const latest = await this.readOn(path, facts, signal);
      this.disk.keep(path, facts, latest, 100);
      return latest;
    } catch (error) {
      if (signal.aborted) throw error;
      this.problems.leftOut(path, 'it cannot be read');
      return undefined;
    }
  }

  private async readOn(path: string, facts: Stats, signal: AbortSignal): Promise<LatestPoint> {
    const known = this.large.get(path);
    const goesOn = known !== undefined && grewFrom(known, path, facts);
    const latest = goesOn ? known.latest : new LatestPoint();
    const from = goesOn ? known.taken : 0;
    const taken = await readWholeLines(path, from, facts, signal, (bytes, end) =>
      new MetricLines(bytes, end, latest).read(),
    );
    if (this.large.size >= maxLargeFiles) this.large.clear();
    this.large.set(path, { ino: facts.ino, taken, tail: bytesBefore(path, taken), latest });
    return latest;
  }
}

function grewFrom(known: Progress, path: string, facts: Stats): boolean {
  return (
    known.ino === facts.ino &&
    facts.size >= known.taken &&
    bytesBefore(path, known.taken).equals(known.tail)
  );
}

function bytesBefore(path: string, end: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const tail = Buffer.alloc(Math.min(tailSize, end));
    readSync(file, tail, 0, tail.length, end - tail.length);
    return tail;
  } finally {
    closeSync(file);
  }
}
