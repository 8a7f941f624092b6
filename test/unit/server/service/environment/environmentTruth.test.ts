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

async function errorsOf({ file, text, others }: EnvironmentCase): Promise<string[]> {
  const document = documentOf(text, file);
  const context = serviceContext({ ...others, [file]: text });
  const service = file === 'conda.yaml' ? condaEnvService : pythonEnvService;
  const found = await service.diagnose(document, context);
  return found
    .filter(({ severity }) => severity === DiagnosticSeverity.Error)
    .map(({ range, message }) => `${range.start.line}: ${JSON.stringify(message)}`);
}

describe('environment files, as the language server reads them', () => {
  for (const one of environmentCases) {
    const answer = recorded[one.title];
    assert.ok(answer !== undefined, `no answer of MLflow for ${one.title}: record them anew`);
    if (answer === null) {
      it(`are without error where MLflow takes them: ${one.title}`, async () => {
        assert.deepEqual(await errorsOf(one), []);
      });
      continue;
    }
    it(`have one where MLflow refuses them: ${one.title}`, async () => {
      const errors = await errorsOf(one);
      assert.equal(errors.length, 1, `${errors.join(' / ')}: ${answer.message}`);
      assert.ok(errors[0]?.startsWith(`${one.line}: `), errors[0]);
    });
  }

  it('are spoken of in the words of MLflow where it has some', async () => {
    for (const one of environmentCases) {
      const answer = recorded[one.title];
      if (answer?.error === 'MlflowException' && !answer.message.startsWith('Invalid conda')) {
        const [error] = await errorsOf(one);
        assert.ok(error?.includes(answer.message), `${error} against ${answer.message}`);
      }
    }
  });
});
