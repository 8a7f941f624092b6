import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/paths.mts';
import type { VersionInit } from '../../src/protocol/versionPage';
import { axeViolations } from './axe';
import { eventually } from './openedPage';
import { sharedBrowser } from './sharedBrowser';
import { themeKinds } from './theme';
import { VersionPageUnderTest, modelSummary, wholeVersion } from './versionPage';
import type { VersionPageOptions } from './versionPage';

describe('the page of a version', () => {
  let opened: VersionPageUnderTest;

  const open = async (
    init: VersionInit,
    more: Omit<VersionPageOptions, 'init'> = {},
  ): Promise<void> => {
    opened = await VersionPageUnderTest.open(await sharedBrowser(), { init, ...more });
    await opened.page.locator('h1').waitFor();
  };

  afterEach(() => opened.close());

  it('has what is known of the version, each under its heading', async () => {
    await open(wholeVersion());
    const { page } = opened;
    await page.getByRole('heading', { level: 1, name: 'CarSeat v4' }).waitFor();
    for (const name of ['Source', 'Signature', 'Stage and Aliases', 'Description'])
      await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
    const inputs = page.getByRole('grid', { name: 'Inputs' });
    await inputs.getByRole('row', { name: 'color string optional' }).waitFor();
    await page.getByRole('row', { name: 'temperature float 0.5' }).waitFor();
    await page.getByText('Recalls less').waitFor();
    await page.getByText('by ada').waitFor();
    await page.getByText('keeps no history').waitFor();
  });

  it('moves the version with the commands of the Models view, by the keyboard alone', async () => {
    await open(wholeVersion());
    const { page } = opened;
    for (const name of [
      'Promote to Production',
      'Transition Stage…',
      'Set Alias…',
      'Delete Alias…',
      'Compare With…',
      'Edit Description…',
      'Set Tag…',
    ]) {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    }
    const acts = [
      'promote',
      'transition',
      'setAlias',
      'deleteAlias',
      'compare',
      'describe',
      'setTag',
    ];
    await eventually(
      'all were asked for',
      () => opened.saidOf('act'),
      (said) => said.length === 7,
    );
    assert.deepEqual(opened.saidOf('act'), acts);
  });

  it('can be gone through with Tab from the first button to the last section', async () => {
    await open(wholeVersion());
    const { page } = opened;
    const seen: string[] = [];
    for (let step = 0; step < 60; step++) {
      await page.keyboard.press('Tab');
      seen.push(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''));
    }
    for (const text of [
      'Promote to Production',
      'Set Alias…',
      'bold-cat',
      'seat',
      'requirements.txt',
    ])
      assert.ok(seen.includes(text), `${text} is not among ${seen.join(' | ')}`);
  });

  it('shows a change of the version as soon as it is told', async () => {
    const init = wholeVersion();
    await open(init);
    const { page } = opened;
    const facts = { ...init.view.facts!, stage: 'Production', aliases: [] };
    opened.emit('view', { ...init.view, facts });
    await page.getByText('Production', { exact: true }).first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Delete Alias…' }).count(), 0);
    assert.equal(await page.getByText('@champion', { exact: true }).count(), 0);
  });

  it('says who is in production, opens it and holds this version against it', async () => {
    await open(wholeVersion());
    const stage = opened.page.getByRole('region', { name: 'Stage and Aliases' });
    await stage.getByRole('link', { name: 'v3', exact: true }).click();
    assert.equal(await opened.untilSaid('openVersion'), '3');
    await stage.getByRole('button', { name: 'Compare With v3' }).click();
    assert.equal(await opened.untilSaid('compareWith'), '3');
  });

  it('does not offer to promote what is in production alone', async () => {
    await open(wholeVersion({ production: { kind: 'ready', value: ['4'] } }));
    const { page } = opened;
    await page
      .getByRole('region', { name: 'Stage and Aliases' })
      .getByText('this version')
      .waitFor();
    assert.equal(await page.getByRole('button', { name: 'Promote to Production' }).count(), 0);
    opened.emit('view', wholeVersion({ production: { kind: 'ready', value: ['4', '3'] } }).view);
    await page.getByRole('button', { name: 'Promote to Production' }).waitFor();
  });

  it('says as of when it is, and reads it anew', async () => {
    await open(wholeVersion());
    await opened.page.locator('header').getByText('as of').waitFor();
    await opened.page.getByRole('button', { name: 'Refresh' }).click();
    await opened.untilSaid('retry');
    await opened.page.getByRole('status').getByText('Reading…').waitFor();
  });

  it('says that the source run is deleted', async () => {
    const init = wholeVersion();
    const { run } = init.view;
    const value = { ...(run.kind === 'ready' ? run.value! : assert.fail()), isDeleted: true };
    await open(wholeVersion({ run: { kind: 'ready', value } }));
    const source = opened.page.getByRole('region', { name: 'Source' });
    await source.getByText('in lab, deleted').waitFor();
  });

  it('stays in shape with hundreds of aliases, tags and flavors, and texts of a megabyte', async () => {
    const init = wholeVersion();
    const long = 'x'.repeat(1_000_000);
    const aliases = Array.from({ length: 200 }, (_, place) => `alias-${place}`);
    const code = ['4', ...aliases].map((uri) => ({ uri, code: `load("${uri}")` }));
    const tags = Array.from({ length: 200 }, (_, place) => ({
      key: `tag ${place}`,
      text: long.slice(0, 8000),
    }));
    const facts = { ...init.view.facts!, aliases, tags, user: long, statusText: long };
    const flavors = Array.from({ length: 5000 }, (_, place) => ({ name: `f${place}`, facts: [] }));
    const model = { ...modelSummary, flavors, facts: [{ key: 'MLflow', text: long }] };
    await open({
      ...init,
      view: { ...init.view, facts, code, model: { kind: 'ready', value: model } },
    });
    const { page } = opened;
    const header = await page.locator('header').boundingBox();
    assert.ok((header?.height ?? 1e9) < 160, `the header is ${header?.height} pixels high`);
    assert.equal(await page.locator('pre').count(), 1);
    assert.ok((await page.locator('*').count()) < 3000);
    const size = await page.evaluate(() => document.body.textContent?.length ?? 0);
    assert.ok(size < 500_000, `${size} characters are on the page`);
  });

  it('offers no stages where the registry has none', async () => {
    const init = wholeVersion();
    await open({ ...init, view: { ...init.view, facts: { ...init.view.facts!, stage: '' } } });
    await opened.page.getByText('This registry has no stages.').waitFor();
    assert.equal(await opened.page.getByRole('button', { name: 'Transition Stage…' }).count(), 0);
  });

  it('says that the version is gone, keeps what was read, and takes no more changes', async () => {
    await open(wholeVersion({ standing: 'gone' }));
    const { page } = opened;
    await page.getByRole('alert').getByText('CarSeat v4 is gone from the registry').waitFor();
    await page.getByText('Recalls less').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Set Alias…' }).count(), 0);
    await page.getByRole('button', { name: 'Retry' }).click();
    await eventually(
      'it was asked again',
      () => opened.saidOf('retry').length,
      (n) => n === 1,
    );
  });

  it('shows the rest where a part cannot be read, with a way to try again', async () => {
    const sentence = 'The bytes of these artifacts cannot be read from here.';
    await open(wholeVersion({ model: { kind: 'failed', sentence } }));
    const { page } = opened;
    await page.getByRole('region', { name: 'Signature' }).getByText(sentence).waitFor();
    await page.getByRole('region', { name: 'Source' }).getByText('bold-cat').waitFor();
    await page
      .getByRole('region', { name: 'Signature' })
      .getByRole('button', { name: 'Retry' })
      .click();
    await eventually(
      'it was asked again',
      () => opened.saidOf('retry').length,
      (n) => n === 1,
    );
  });

  it('copies and inserts the code of each address', async () => {
    await open(wholeVersion());
    const { page } = opened;
    const code = page.getByRole('region', { name: 'Load in Python' });
    await code.getByRole('button', { name: 'Insert' }).click();
    await page.getByText('Inserted into serve.py').waitFor();
    const address = code.getByRole('combobox', { name: 'Address' });
    await address.selectOption('models:/CarSeat@champion');
    await code.getByText('"models:/CarSeat@champion"').waitFor();
    await code.getByRole('button', { name: 'Copy the code' }).click();
    await eventually(
      'it was copied',
      () => opened.saidOf('copy').length,
      (n) => n === 1,
    );
    assert.match(String(opened.saidOf('copy')[0]), /models:\/CarSeat@champion/);
    assert.match(String(opened.saidOf('insert')[0]), /models:\/CarSeat\/4/);
  });

  it('reads the input example when it is asked for, and says why it cannot', async () => {
    let isRefused = true;
    await open(wholeVersion(), {
      answers: {
        example: () =>
          isRefused ? Promise.reject(new Error('no')) : Promise.resolve('{"inputs": [[7.4, 0.7]]}'),
      },
    });
    const { page } = opened;
    const example = page.getByRole('region', { name: 'Input Example' });
    await example.getByRole('button', { name: 'Show' }).click();
    await example.locator('.problem').waitFor();
    isRefused = false;
    await example.getByRole('button', { name: 'Show' }).click();
    await example.getByText('"inputs"').waitFor();
  });

  it('shows texts of servers as text', async () => {
    const bad = '<img src=x onerror=alert(1)>';
    const init = wholeVersion();
    const facts = {
      ...init.view.facts!,
      description: bad,
      aliases: [bad],
      user: bad,
      tags: [{ key: bad, text: bad }],
    };
    await open({ ...init, view: { ...init.view, name: bad, facts } });
    await opened.page.getByRole('heading', { level: 1, name: bad }).waitFor();
    assert.equal(await opened.page.locator('img').count(), 0);
  });

  it('keeps the address that was chosen over a reload, as long as it leads there', async () => {
    await open(wholeVersion());
    const address = opened.page.getByRole('combobox', { name: 'Address' });
    await address.selectOption('models:/CarSeat@champion');
    await opened.page.locator('pre').getByText('@champion').waitFor();
    await opened.reload({ init: wholeVersion() });
    await opened.page.locator('pre').getByText('@champion').waitFor();
    const { code, ...rest } = wholeVersion().view;
    opened.emit('view', { ...rest, code: code.slice(0, 1) });
    await opened.page.locator('pre').getByText('CarSeat/4').waitFor();
    assert.equal(await address.inputValue(), 'models:/CarSeat/4');
  });

  it('keeps what was folded over a reload', async () => {
    await open(wholeVersion());
    const { page } = opened;
    await page.getByRole('button', { name: 'Signature' }).click();
    await page.getByRole('grid', { name: 'Inputs' }).waitFor({ state: 'detached' });
    await opened.reload({ init: wholeVersion() });
    await page.getByRole('button', { name: 'Signature', expanded: false }).waitFor();
  });

  it('speaks Korean where the editor does', async () => {
    const file = path.join(root, 'l10n', 'bundle.l10n.ko.json');
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    await open({ ...wholeVersion(), texts, locale: 'ko' });
    await opened.page.getByRole('heading', { level: 2, name: '스테이지와 별칭' }).waitFor();
    assert.deepEqual(await axeViolations(opened.page), []);
    await opened.screenshot('version-ko', true);
  });

  it('stands in one column where it is narrow, and never wider than the page', async () => {
    await open(wholeVersion({ name: 'a-very-long-name-of-a-model-'.repeat(8) }), { width: 420 });
    const overflow = await opened.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.ok(overflow <= 0, `${overflow} pixels stick out`);
  });

  it('holds a signature of thousands of columns', async () => {
    const inputs = Array.from({ length: 5000 }, (_, place) => ({
      name: `column ${place}`,
      type: 'double',
      isRequired: true,
    }));
    await open(wholeVersion({ model: { kind: 'ready', value: { ...modelSummary, inputs } } }));
    const grid = opened.page.getByRole('grid', { name: 'Inputs' });
    await grid.getByRole('row').first().waitFor();
    assert.equal(await grid.getAttribute('aria-rowcount'), '5001');
    assert.ok((await grid.getByRole('row').count()) < 200);
  });

  describe('in every theme', () => {
    for (const kind of themeKinds)
      it(`has nothing that axe would change in ${kind}`, async () => {
        await open(wholeVersion(), { theme: kind, height: 1400 });
        await opened.page.getByRole('row', { name: 'temperature' }).waitFor();
        await opened.screenshot(`version-${kind}`, true);
        assert.deepEqual(await axeViolations(opened.page), []);
      });
  });
});
