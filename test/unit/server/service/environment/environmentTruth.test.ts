import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DiagnosticSeverity } from 'vscode-languageserver';
import {
  condaEnvService,
  pythonEnvService,
} from '../../../../../src/server/service/environment/environmentService';
import { type EnvironmentAnswer, recordedEnvironments } from '../../../../support/askEnvironments';
import { type EnvironmentCase, environmentCases } from '../../../../support/environmentCases';
import { documentOf, serviceContext } from '../../../../support/serviceContext';

const recorded = JSON.parse(readFileSync(recordedEnvironments, 'utf8')) as Record<
  string,
  EnvironmentAnswer
>;

/** What only virtualenv and uv refuse, which take conda.yaml only when they are asked for: a project runs in conda else. */
const fineWithConda =
  /^Invalid dependency for python|^Invalid version comparator|^'NoneType' object is not iterable/;

async function saidOf(
  { file, text, others }: EnvironmentCase,
  wanted: DiagnosticSeverity = DiagnosticSeverity.Error,
): Promise<string[]> {
  const document = documentOf(text, file);
  const context = serviceContext({ ...others, [file]: text });
  const service = file === 'conda.yaml' ? condaEnvService : pythonEnvService;
  const found = await service.diagnose(document, context);
  return found
    .filter(({ severity }) => severity === wanted)
    .map(({ range, message }) => `${range.start.line}: ${JSON.stringify(message)}`);
}

describe('environment files, as the language server reads them', () => {
  for (const one of environmentCases) {
    const answer = recorded[one.title];
    assert.ok(answer !== undefined, `no answer of MLflow for ${one.title}: record them anew`);
    if (answer === null) {
      it(`are without error where MLflow takes them: ${one.title}`, async () => {
        assert.deepEqual(await saidOf(one), []);
      });
      continue;
    }
    if (one.file === 'conda.yaml' && fineWithConda.test(answer.message)) {
      it(`have a warning where MLflow takes them with conda only: ${one.title}`, async () => {
        assert.deepEqual(await saidOf(one), []);
        const warnings = await saidOf(one, DiagnosticSeverity.Warning);
        assert.equal(warnings.length, 1, warnings.join(' / '));
        assert.ok(warnings[0]?.startsWith(`${one.line}: `), warnings[0]);
        assert.ok(warnings[0]?.includes(answer.message), warnings[0]);
      });
      continue;
    }
    it(`have one where MLflow refuses them: ${one.title}`, async () => {
      const errors = await saidOf(one);
      assert.equal(errors.length, 1, `${errors.join(' / ')}: ${answer.message}`);
      assert.ok(errors[0]?.startsWith(`${one.line}: `), errors[0]);
    });
  }

  it('are spoken of in the words of MLflow where it has some', async () => {
    for (const one of environmentCases) {
      const answer = recorded[one.title];
      if (answer?.error === 'MlflowException' && !answer.message.startsWith('Invalid conda')) {
        const said = [...(await saidOf(one)), ...(await saidOf(one, DiagnosticSeverity.Warning))];
        assert.ok(said.join().includes(answer.message), `${said.join()} against ${answer.message}`);
      }
    }
  });
});
