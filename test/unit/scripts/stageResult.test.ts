import assert from 'node:assert/strict';
import { MochaCounts } from '../../../scripts/stageResult.mts';

const countsOf = (lines: readonly string[], exitCode: number): unknown => {
  const counts = new MochaCounts();
  for (const line of lines) counts.read(line);
  return counts.result(exitCode);
};

describe('the counts of a stage', () => {
  it('are what mocha says at its end', () => {
    assert.deepEqual(
      countsOf(['    ✔ reads 3 passing runs', '  12 passing (3s)', '  2 failing'], 2),
      {
        passed: 12,
        failed: 2,
      },
    );
  });

  it('have a failure when mocha ends badly after its tests passed', () => {
    assert.deepEqual(countsOf(['  12 passing (3s)'], 1), { passed: 12, failed: 1 });
  });

  it('have a failure when no test ran', () => {
    assert.deepEqual(countsOf([], 0), { passed: 0, failed: 1 });
    assert.deepEqual(countsOf(['  0 passing (1ms)'], 0), { passed: 0, failed: 1 });
  });
});
