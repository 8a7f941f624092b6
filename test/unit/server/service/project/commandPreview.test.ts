import assert from 'node:assert/strict';
import { commandPreview } from '../../../../../src/server/service/project/commandPreview';
import { projectOf } from '../../../../../src/server/service/projectDocument';
import { readRecorded } from '../../../../support/recordedProjects';
import { documentOf, serviceContext } from '../../../../support/serviceContext';

/** What MLflow ran of a recorded project, and what the preview shows of it. */
function comparisons(version: '2.22.5' | '3.17.2'): [shown: string, ran: string][] {
  const { files } = serviceContext();
  return readRecorded(version).flatMap(({ text, verdict }) => {
    const { entryPoints } = projectOf(documentOf(text)).project;
    return entryPoints.flatMap((entryPoint): [string, string][] => {
      const { name, parameters } = entryPoint;
      const run = verdict.runs?.[name];
      // A Spark job's command is not recorded.
      if (text.includes('databricks_spark_job')) return [];
      // What is given to required parameters, and where the folder was, is not recorded.
      const isKnown = parameters.every((one) => one.defaultValue && one.type !== 'path');
      const shown = isKnown ? commandPreview(entryPoint, files) : undefined;
      return shown === undefined || run === undefined || !('command' in run)
        ? []
        : [[shown, run.command]];
    });
  });
}

describe('The preview of a command', () => {
  for (const version of ['2.22.5', '3.17.2'] as const) {
    it(`is what MLflow ${version} ran, wherever it is shown`, () => {
      const found = comparisons(version);
      assert.ok(found.length > 40, `${found.length} commands`);
      for (const [shown, ran] of found) assert.equal(shown, ran);
    });
  }
});
