import assert from 'node:assert/strict';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { diagnoseProject } from '../../../../src/server/service/project/diagnoseProject';
import { formatValues } from '../../../../src/server/service/projectChecks/checkCommand';
import { parseProject } from '../../../../src/server/service/projectDocument';
import { evaluatePieces } from '../../../../src/server/service/python/formatField';
import { projectFiles } from '../../../support/projectCorpus';
import { oracleVersions, type OracleVersion, type Refusal } from '../../../support/projectOracle';
import { corpus, readRecorded, refusalsIn } from '../../../support/recordedProjects';
import { documentOf, serviceContext } from '../../../support/serviceContext';

async function errorsIn(text: string): Promise<readonly Diagnostic[]> {
  const all = await diagnoseProject(documentOf(text), serviceContext(projectFiles));
  return all.filter(({ severity }) => severity === DiagnosticSeverity.Error);
}

function wordsIn(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ message }) =>
    typeof message === 'string' ? plain(message.split('\nMLflow: ')[1] ?? '') : '',
  );
}

/** Messages of MLflow that it made itself stand alone. */
function wordsOf({ error, words }: Refusal): string {
  const isOwn = error === 'MlflowException' || error === 'ExecutionException';
  return plain(isOwn ? words : `${error}: ${words}`);
}

function plain(words: string): string {
  return words.replaceAll('<project>/', '').replaceAll(/\s+/g, ' ');
}

for (const version of Object.keys(oracleVersions) as OracleVersion[]) {
  describe(`projects as MLflow ${version} judged them`, () => {
    const recorded = readRecorded(version);

    it('are those that the generator makes now', () => {
      const pairs = (projects: readonly { title: string; text: string }[]) =>
        projects.map(({ title, text }) => [title, text]);
      assert.deepEqual(pairs(recorded), pairs(corpus));
      assert.ok(recorded.length >= 150);
    });

    it('have an error where MLflow refuses them, and none where it does not', async () => {
      for (const [index, { title, text, verdict }] of recorded.entries()) {
        const wrongLines = corpus[index]?.wrongLines ?? [];
        const lines = (await errorsIn(text)).map(({ range }) => range.start.line);
        const isRefused = refusalsIn(verdict).length > 0;
        assert.equal(lines.length > 0, isRefused, `${title}:\n${text}`);
        for (const line of lines)
          assert.ok(wrongLines.includes(line), `line ${line} of ${title}:\n${text}`);
        // Where YAML is broken, nothing else is looked at.
        if (verdict.load?.line !== undefined) continue;
        for (const line of wrongLines)
          assert.ok(lines.includes(line), `line ${line} of ${title}:\n${text}`);
      }
    });

    it('are refused in the same words', async () => {
      for (const { title, text, verdict } of recorded) {
        const words = wordsIn(await errorsIn(text));
        for (const refusal of refusalsIn(verdict)) {
          assert.ok(
            words.includes(wordsOf(refusal)),
            `${title}: ${wordsOf(refusal)}\n${words.join('\n')}`,
          );
        }
      }
    });

    it('start the commands that the server makes of them', () => {
      let compared = 0;
      for (const { title, text, verdict } of recorded) {
        for (const point of parseProject(text).project.entryPoints) {
          const run = verdict.runs?.[point.name];
          const { command } = point;
          if (run === undefined || 'error' in run || command === undefined || run.command === '')
            continue;
          const made = evaluatePieces(command.text, command.pieces, formatValues(point));
          // Of a required parameter, or a path, the value is not known.
          if (typeof made !== 'string') continue;
          assert.equal(made, run.command, title);
          compared += 1;
        }
      }
      assert.ok(compared > 60, `only ${compared} were compared`);
    });
  });
}
