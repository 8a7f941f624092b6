import assert from 'node:assert/strict';
import { formatPieces } from '../../src/server/service/python/formatPieces';
import { evaluatePieces, isMistake } from '../../src/server/service/python/formatField';
import { readYaml } from '../../src/server/service/yaml/readYaml';
import { projectFiles } from '../support/projectCorpus';
import {
  askOracle,
  type OracleAnswers,
  oracleVersions,
  type OracleVersion,
} from '../support/projectOracle';
import { commandValues, randomCommand } from '../support/randomCommands';
import { randomYaml } from '../support/randomYaml';
import { corpus, readRecorded, writeRecorded } from '../support/recordedProjects';
import { SeededRandom } from '../support/seededRandom';
import { shownYaml } from '../support/shownYaml';

/**
 * `MLFLOW_WORKBENCH_RECORD=1 npm test -- contract --grep "MLproject files"` records anew what MLflow says.
 */
const records = process.env['MLFLOW_WORKBENCH_RECORD'] !== undefined;

for (const version of Object.keys(oracleVersions) as OracleVersion[]) {
  describe(`MLproject files and MLflow ${version}`, function () {
    this.timeout(600_000);
    const random = new SeededRandom(version.length + Number.parseInt(version, 10));
    const commands = random.times(2000, () => randomCommand(random));
    const texts = random.times(3000, () => randomYaml(random));
    let answers: OracleAnswers;

    before(async () => {
      answers = await askOracle(version, {
        projects: corpus.map(({ text }) => ({ files: { ...projectFiles, MLproject: text } })),
        formats: commands.map((command) => ({ command, values: commandValues })),
        texts,
      });
      if (records) writeRecorded(version, answers.projects);
    });

    it('are judged as it is recorded', () => {
      const recorded = readRecorded(version);
      for (const [index, { title, verdict }] of recorded.entries()) {
        assert.deepEqual(answers.projects[index], verdict, title);
      }
    });

    it('have commands that are formatted as Python does', () => {
      const values = new Map(Object.entries(commandValues));
      for (const [index, command] of commands.entries()) {
        const ours = evaluatePieces(command, formatPieces(command), values);
        const theirs = answers.formats[index];
        assert.ok(theirs !== undefined);
        const shown = JSON.stringify(command);
        if (isMistake(ours)) {
          assert.deepEqual({ error: ours.error, words: ours.words }, theirs, shown);
        } else if (ours === undefined) {
          // What stands on a method, a class or much more than a line is not followed.
          assert.ok('text' in theirs, `${shown}: ${JSON.stringify(theirs)}`);
        } else {
          assert.deepEqual({ text: ours }, theirs, shown);
        }
      }
    });

    it('are read as PyYAML reads them', () => {
      for (const [index, text] of texts.entries()) {
        const theirs = answers.texts[index];
        const { problem, mistakes, root } = readYaml(text);
        const shown = JSON.stringify(text);
        assert.ok(theirs !== undefined);
        if (!('error' in theirs)) {
          assert.equal(problem?.words, undefined, shown);
          assert.deepEqual(shownYaml(root), theirs.value, shown);
        } else if (problem !== undefined) {
          const { error, words } = problem;
          assert.deepEqual([error, words], [theirs.error, theirs.words], shown);
        } else {
          const words = mistakes.map((one) => `${one.error}: ${one.words}`);
          assert.ok(
            words.includes(`${theirs.error}: ${theirs.words}`),
            `${shown}: ${words.join()}`,
          );
        }
      }
    });
  });
}
