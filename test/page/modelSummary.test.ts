import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/paths.mts';
import { readMlModel } from '../../src/mlflow/mlModel';
import type { ArtifactOwner } from '../../src/mlflow/model';
import { loadCode, presentModel } from '../../src/panels/present/modelSummary';
import { readYaml } from '../../src/panels/readYaml';
import type { ModelSummary } from '../../src/protocol/modelSummaryPage';
import { openSummary } from './artifactPages';
import { axeViolations } from './axe';
import { sharedBrowser } from './sharedBrowser';
import { themeKinds } from './theme';

function modelOf(name: string): NonNullable<ReturnType<typeof readMlModel>> {
  const file = path.join(root, 'test', 'fixtures', 'mlmodel', '3', `${name}.yaml`);
  return readMlModel(readYaml(readFileSync(file, 'utf8')))!;
}

const owner = { kind: 'run', runId: 'r1' } as const;

function summaryOf(name: string): ModelSummary {
  const facts = [{ key: 'MLflow', text: '3.17.2' }];
  const place = { owner, path: 'model/MLmodel' };
  return presentModel(modelOf(name), place, { facts, signatureProblem: undefined });
}

describe('the summary of a model', () => {
  it('shows signature, flavors, example, environment, and code to load it', async () => {
    const opened = await openSummary(await sharedBrowser(), summaryOf('sklearn'));
    const { page } = opened;
    for (const name of ['Load', 'Signature', 'Flavors', 'Input Example', 'Environment', 'About'])
      await page.getByRole('heading', { level: 2, name }).waitFor();
    const inputs = page.getByRole('grid', { name: 'Inputs' });
    await inputs.getByRole('row', { name: 'x double required' }).waitFor();
    await page.getByText('"columns": [').waitFor();
    await page.getByRole('button', { name: 'conda.yaml' }).click();
    assert.equal(await opened.untilSaid('openFile'), 'conda.yaml');
    await page.getByRole('button', { name: 'Insert into Editor' }).first().click();
    assert.match(
      String(await opened.untilSaid('insert')),
      /mlflow\.pyfunc\.load_model\("models:\/m-/,
    );
    await page.getByRole('button', { name: 'Open Text Beside' }).click();
    await opened.untilSaid('openText');
    await opened.close();
  });

  it('shows nested types and params with their defaults', async () => {
    const opened = await openSummary(
      await sharedBrowser(),
      summaryOf('nested'),
      {},
      { width: 1500 },
    );
    const { page } = opened;
    await page.getByText('{parts: array<{text?: string}>, role: string}').waitFor();
    const params = page.getByRole('grid', { name: 'Params' });
    await params.getByRole('row', { name: 'stop array<string> ["a","b"]' }).waitFor();
    await opened.close();
  });

  it('says why there is none, and tries again', async () => {
    let isAway = true;
    const opened = await openSummary(await sharedBrowser(), summaryOf('bare'), {
      summary: () =>
        isAway
          ? Promise.reject(new Error('The server is away.'))
          : Promise.resolve(summaryOf('bare')),
    });
    await opened.page.getByText('The server is away.').waitFor();
    isAway = false;
    await opened.page.getByRole('button', { name: 'Retry' }).click();
    await opened.page.getByText('The model was logged without a signature.').waitFor();
    await opened.close();
  });

  it('loads a model by the address that it was opened by', () => {
    const uris = (from: ArtifactOwner, at: string): readonly string[] =>
      loadCode(modelOf('bare'), { owner: from, path: at }).map(({ uri }) => uri);
    assert.deepEqual(uris(owner, 'model/MLmodel'), ['runs:/r1/model']);
    assert.deepEqual(uris({ kind: 'version', name: 'wine', version: '3' }, 'MLmodel'), [
      'models:/wine/3',
    ]);
    assert.deepEqual(uris({ kind: 'loggedModel', modelId: 'm-1' }, 'MLmodel'), ['models:/m-1']);
  });

  for (const theme of themeKinds)
    it(`has nothing that axe would change in ${theme}`, async () => {
      const opened = await openSummary(await sharedBrowser(), summaryOf('sklearn'), {}, { theme });
      await opened.page.getByText('"columns": [').waitFor();
      await opened.screenshot(`model-summary-${theme}`, true);
      assert.deepEqual(await axeViolations(opened.page), []);
      await opened.close();
    });
});
