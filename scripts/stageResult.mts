/** What one stage of the test run came to. */
export interface StageResult {
  readonly passed: number;
  readonly failed: number;
}

const countIn = (line: string, word: string): number =>
  Number(new RegExp(`^\\s*(\\d+) ${word}\\b`).exec(line)?.[1] ?? 0);

/** Adds up what mocha says at its end, as in `12 passing (3s)` and `1 failing`. */
export class MochaCounts {
  private passed = 0;
  private failed = 0;

  read(line: string): void {
    this.passed += countIn(line, 'passing');
    this.failed += countIn(line, 'failing');
  }

  /** A run that ended badly, or without a word, has failed whatever it counted. */
  result(exitCode: number): StageResult {
    const silent = this.passed === 0 && this.failed === 0;
    const missed = (exitCode !== 0 && this.failed === 0) || silent;
    return { passed: this.passed, failed: this.failed + (missed ? 1 : 0) };
  }
}
