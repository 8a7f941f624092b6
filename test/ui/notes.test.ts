import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { eventually } from '../support/eventually';
import { Lab } from './lab';

const noteTag = 'mlflow.note.content';

describe('a person who describes runs', function () {
  this.timeout(90_000);

  let lab: Lab;

  before(async function () {
    this.timeout(300_000);
    lab = await Lab.open();
  });

  after(() => lab?.close());

  pictureOfFailure(() => lab.bench);

  const editor = (): Locator => lab.bench.page.locator('.editor-instance .monaco-editor').first();
  const type = async (text: string): Promise<void> => {
    await editor().click();
    await lab.press('ControlOrMeta+a');
    await lab.bench.page.keyboard.type(text);
  };
  const save = async (): Promise<void> => {
    await lab.press('ControlOrMeta+s');
    await lab.bench.page.locator('.tab.dirty').waitFor({ state: 'detached' });
  };
  const setNote = (value: string): Promise<unknown> =>
    lab.mlflow.call('runs/set-tag', { run_id: lab.ids.get('ant'), key: noteTag, value });
  const tab = (): Locator => lab.bench.page.locator('.tab[aria-label^="ant.md"]');

  /** Reloads the window, once it lets go: it does not as long as something is not backed up yet. */
  const reload = async (): Promise<void> => {
    const { page } = lab.bench;
    await eventually(
      'the window to let itself be reloaded',
      async () => {
        let refused = false;
        page.once('dialog', (dialog) => {
          refused = true;
          void dialog.dismiss();
        });
        await page.reload({ timeout: 5000, waitUntil: 'commit' }).catch(() => undefined);
        page.removeAllListeners('dialog');
        return refused;
      },
      (refused) => !refused,
    );
    await page.locator('.monaco-workbench').waitFor();
  };

  it('writes in the Markdown editor, below the names of server and run', async () => {
    await lab.bench.menu('ant', 'Edit Description');
    await tab().waitFor();
    await type('# Ants\n\nsmall');
    await save();
    await lab.untilTag('ant', noteTag, '# Ants\n\nsmall');
    const crumbs = await lab.bench.page.locator('.breadcrumbs-control').first().innerText();
    assert.match(crumbs, /^127\.0\.0\.1:\d+\s+[0-9a-f]{8}\s+ant\.md/);
    await lab.bench.screenshot('note');
  });

  it('sees it in the Markdown preview', async () => {
    await lab.bench.command('Markdown: Open Preview to the Side');
    const preview = lab.bench.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await preview.getByRole('heading', { name: 'Ants' }).waitFor();
    await lab.bench.screenshot('note-preview');
    await lab.press('ControlOrMeta+w');
  });

  it('loses nothing when somebody else changed it meanwhile', async () => {
    await type('mine');
    await setNote('hers');
    await lab.press('ControlOrMeta+s');
    await lab.button(/ant\.md.*content of the file is newer/, 'Overwrite');
    assert.equal((await lab.tagsOf('ant')).get(noteTag), 'hers');
    await lab.bench.screenshot('note-conflict');
    await (await lab.button(/content of the file is newer/, 'Compare')).click();
    const lines = lab.bench.page.locator('.monaco-diff-editor .view-line');
    await lines.getByText('hers').waitFor();
    await lines.getByText('mine').waitFor();
    await lab.bench.clearNotifications();
    await lab.bench.screenshot('note-compare');
    await lab.bench.page.getByRole('button', { name: 'Use your changes' }).click();
    await lab.untilTag('ant', noteTag, 'mine');
  });

  it('finds again what was not saved in a reloaded window, and saves it', async () => {
    await type('a draft');
    await reload();
    await editor().getByText('a draft').waitFor();
    await editor().click();
    await save();
    await lab.untilTag('ant', noteTag, 'a draft');
  });

  it('is told in a reloaded window, too, that somebody else changed it', async () => {
    await type('another draft');
    await setNote('hers again');
    await reload();
    await editor().getByText('another draft').waitFor();
    await editor().click();
    await lab.press('ControlOrMeta+s');
    await (await lab.button(/content of the file is newer/, 'Overwrite')).click();
    await lab.untilTag('ant', noteTag, 'another draft');
  });
});
