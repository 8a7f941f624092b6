import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { askEnvironments, recordedEnvironments } from '../support/askEnvironments';
import { environmentCases } from '../support/environmentCases';

/** Set, the answers are written down instead of compared. */
const record = process.env['MLFLOW_WORKBENCH_RECORD'] !== undefined;

describe('environment files, as MLflow reads them', function () {
  this.timeout(180_000);

  for (const version of ['demo', 'mlflow2'] as const) {
    it(`are what is written down of them (${version})`, async () => {
      const answers = await askEnvironments(version, environmentCases);
      const found = Object.fromEntries(
        environmentCases.map(({ title }, index) => [title, answers[index]]),
      );
      if (record) {
        await writeFile(recordedEnvironments, `${JSON.stringify(found, null, 2)}\n`);
      }
      assert.deepEqual(found, JSON.parse(await readFile(recordedEnvironments, 'utf8')));
    });
  }
});
