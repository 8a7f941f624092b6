import assert from 'node:assert/strict';
import { projectFiles } from '../support/projectCorpus';
import {
  askOracle,
  type OracleAnswers,
  oracleVersions,
  type OracleVersion,
} from '../support/projectOracle';
import { commandValues, randomCommand } from '../support/randomCommands';
import { randomYaml } from '../support/randomYaml';
import { corpus, readRecorded, writeReadings, writeRecorded } from '../support/recordedProjects';
import { assertFormatted, assertRead } from '../support/sameAsPython';
import { SeededRandom } from '../support/seededRandom';

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
      if (!records) return;
      writeRecorded(version, answers.projects);
      recordReadings(commands, texts, answers);
    });

    it('are judged as it is recorded', () => {
      const recorded = readRecorded(version);
      for (const [index, { title, verdict }] of recorded.entries()) {
        assert.deepEqual(answers.projects[index], verdict, title);
      }
    });

    it('have commands that are formatted as Python does', () => {
      for (const [index, command] of commands.entries()) {
        const answer = answers.formats[index];
        assert.ok(answer !== undefined);
        assertFormatted(command, answer);
      }
    });

    it('are read as PyYAML reads them', () => {
      for (const [index, text] of texts.entries()) {
        const answer = answers.texts[index];
        assert.ok(answer !== undefined);
        assertRead(text, answer);
      }
    });
  });
}

function recordReadings(
  commands: readonly string[],
  texts: readonly string[],
  { formats, texts: readings }: OracleAnswers,
): void {
  writeReadings({
    formats: commands.slice(0, 400).flatMap((command, index) => {
      const answer = formats[index];
      return answer === undefined ? [] : [{ command, answer }];
    }),
    texts: texts.slice(0, 600).flatMap((text, index) => {
      const answer = readings[index];
      return answer === undefined ? [] : [{ text, answer }];
    }),
  });
}
