import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/paths.mts';
import type { VersionsInit } from '../../src/protocol/versionsPage';
import { axeViolations } from './axe';
import { eventually } from './openedPage';
import { sharedBrowser } from './sharedBrowser';
import { themeKinds } from './theme';
import { VersionsPageUnderTest, threeVersions, versionsInit } from './versionsPage';
import type { VersionsPageOptions } from './versionsPage';

describe('the page that compares versions', () => {
  let opened: VersionsPageUnderTest;

  const open = async (
    init: VersionsInit,
    more: Omit<VersionsPageOptions, 'init'> = {},
  ): Promise<void> => {
    opened = await VersionsPageUnderTest.open(await sharedBrowser(), { init, ...more });
    await opened.page.locator('h1').waitFor({ state: 'attached' });
  };

  const grid = (name: string) => opened.page.getByRole('grid', { name, exact: true });

  afterEach(() => opened.close());

  it('shows what the source runs differ in, and only that at first', async () => {
    await open(threeVersions());
    const { page } = opened;
    for (const name of ['Parameters', 'Metrics', 'Signature'])
      await page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
    await grid('Parameters').getByRole('row', { name: 'learning_rate' }).waitFor();
    assert.equal(await grid('Parameters').getByRole('row', { name: 'seed' }).count(), 0);
    const only = page
      .getByRole('region', { name: 'Parameters' })
      .getByRole('checkbox', { name: 'Only differences' });
    assert.equal(await only.isChecked(), true);
    await only.uncheck();
    await grid('Parameters').getByRole('row', { name: 'seed' }).waitFor();
    await grid('Metrics')
      .getByRole('row', { name: 'val/loss' })
      .getByRole('img', { name: 'best' })
      .waitFor();
  });

  it('says what was added, removed and of which type it was, without colors', async () => {
    await open(threeVersions());
    const cell = (row: string, column: number) =>
      grid('Signature').getByRole('row', { name: row }).getByRole('gridcell').nth(column);
    await cell('Input color', 1).getByRole('img', { name: 'added' }).waitFor();
    await cell('Input age', 1).getByRole('img', { name: 'removed' }).waitFor();
    await cell('Input alcohol', 1).getByRole('img', { name: 'changed from double' }).waitFor();
    assert.match((await cell('Input alcohol', 1).textContent()) ?? '', /^≠float$/);
    assert.equal(await cell('Input alcohol', 2).getByRole('img').count(), 0);
    assert.equal(await grid('Signature').getByRole('row', { name: 'Output 1' }).count(), 0);
  });

  it('measures changes from the version that is made the baseline, with the keyboard alone', async () => {
    await open(threeVersions());
    const { page } = opened;
    await grid('Signature').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Make Baseline' }).waitFor();
    await page.keyboard.press('Enter');
    const first = grid('Signature')
      .getByRole('row', { name: 'Input alcohol' })
      .getByRole('gridcell')
      .first();
    await first.getByRole('img', { name: 'changed from float' }).waitFor();
  });

  it('asks for the other version where several can be compared with the baseline', async () => {
    await open(threeVersions());
    const { page } = opened;
    await page.getByRole('button', { name: 'Compare Requirements' }).click();
    await page.getByRole('menuitem', { name: 'v1 ↔ v3' }).click();
    assert.deepEqual(await opened.untilSaid('diff'), {
      file: 'requirements.txt',
      left: 'version-0',
      right: 'version-2',
    });
  });

  it('compares files of two versions at once', async () => {
    const { versions, ...rest } = threeVersions();
    await open({ ...rest, versions: versions.slice(0, 2) });
    await opened.page.getByRole('button', { name: 'Compare MLmodel' }).click();
    assert.deepEqual(await opened.untilSaid('diff'), {
      file: 'MLmodel',
      left: 'version-0',
      right: 'version-1',
    });
  });

  it('measures from the version in production where nobody chose another', async () => {
    const { versions, ...rest } = threeVersions();
    const [first, second, third] = versions;
    await open({ ...rest, versions: [first!, { ...second!, isInProduction: true }, third!] });
    const inputs = grid('Signature').getByRole('row', { name: 'Input alcohol' });
    await inputs
      .getByRole('gridcell')
      .first()
      .getByRole('img', { name: 'changed from float' })
      .waitFor();
  });

  it('opens, promotes and names a version from the menu of its column', async () => {
    const init = threeVersions();
    const [first, ...others] = init.versions;
    await open({ ...init, versions: [{ ...first!, uri: undefined }, ...others] });
    const { page } = opened;
    const choose = async (name: string): Promise<void> => {
      await grid('Version').focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name }).click();
    };
    await choose('Promote to Production');
    assert.deepEqual(await opened.untilSaid('act'), { action: 'promote', version: 'version-0' });
    await choose('Open Source Run');
    assert.equal(await opened.untilSaid('openRun'), 'version-0');
    await grid('Version').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('menuitem', { name: 'Copy Model URI' }).isDisabled(), true);
    await page.keyboard.press('Escape');
  });

  it('reads all versions anew when that is asked for', async () => {
    await open(threeVersions());
    await opened.page.getByRole('button', { name: 'Refresh' }).click();
    assert.deepEqual(await opened.untilSaid('retry'), {
      versions: ['version-0', 'version-1', 'version-2'],
    });
  });

  it('names some versions where many cannot be read', async () => {
    const drafts = Array.from(
      { length: 40 },
      () => ({ standing: 'failed', problem: 'No.' }) as const,
    );
    await open(versionsInit(...drafts));
    await opened.page
      .getByText('Of v1, v2, v3, v4, v5 and 35 more not all could be read. No.')
      .waitFor();
  });

  it('tells a version without a source run from one whose run could not be read', async () => {
    const init = versionsInit({ of: { params: { seed: '7' } } }, {}, {});
    const [first, second, third] = init.versions;
    const none = { ...second!, run: { ...second!.run, runId: '', standing: 'gone' as const } };
    const unread = { ...third!, run: { ...third!.run, standing: 'failed' as const } };
    await open({ ...init, versions: [first!, none, unread] });
    const { page } = opened;
    await page
      .getByRole('region', { name: 'Parameters' })
      .getByRole('checkbox', { name: 'Only differences' })
      .uncheck();
    const cells = grid('Parameters').getByRole('row', { name: 'seed' }).getByRole('gridcell');
    await cells.nth(1).getByRole('img', { name: 'No source run' }).waitFor();
    await cells.nth(2).getByRole('img', { name: 'Could not be read' }).waitFor();
  });

  it('holds 100 versions of 5,000 metrics and 2,000 columns while they are read one by one', async () => {
    const columns = Object.fromEntries(
      Array.from({ length: 2000 }, (_, place) => [`Input column ${place}`, 'double']),
    );
    const metrics = Object.fromEntries(
      Array.from({ length: 5000 }, (_, place) => [`metric ${place}`, place]),
    );
    const init = versionsInit(
      ...Array.from({ length: 100 }, (_, place) => ({
        of: { metrics: { ...metrics, loss: place } },
        fields: { ...columns, [`Input own ${place}`]: 'long' },
      })),
    );
    await open(init);
    await grid('Metrics').getByRole('row', { name: 'loss' }).waitFor();
    assert.ok((await opened.page.locator('*').count()) < 4000);
    const order = init.versions.map(({ key }) => key);
    const before = performance.now();
    for (const version of init.versions.slice(0, 5))
      opened.emit('versions', {
        versions: [{ ...version, attributes: [{ key: 'Stage', text: `Read ${version.key}` }] }],
        order,
        metricKeys: init.metricKeys,
        restore: init.restore,
      });
    await grid('Version').getByText('Read version-0', { exact: true }).waitFor();
    await grid('Version').getByText('Read version-2', { exact: true }).waitFor();
    const took = performance.now() - before;
    assert.ok(took < 5000, `5 versions took ${Math.round(took)} ms`);
  });

  it('shows a version anew as soon as it is told', async () => {
    const init = threeVersions();
    await open(init);
    const [first] = init.versions;
    opened.emit('versions', {
      versions: [{ ...first!, attributes: [{ key: 'Stage', text: 'Staging' }] }],
      order: init.versions.map(({ key }) => key),
      metricKeys: init.metricKeys,
      restore: init.restore,
    });
    await grid('Version').getByText('Staging').waitFor();
  });

  it('says which versions are gone or could not be read, and takes them out or reads them again', async () => {
    const problem = 'The server cannot be reached.';
    await open(
      versionsInit(
        {},
        { standing: 'gone' },
        { standing: 'failed', problem },
        { signature: { standing: 'failed', problem: 'No bytes.', fields: [] } },
      ),
    );
    const alert = opened.page.getByRole('alert');
    await alert.getByText('Of v3 not all could be read. The server cannot be reached.').waitFor();
    await alert.getByText('Of v4 not all could be read. No bytes.').waitFor();
    await alert.getByRole('button', { name: 'Retry' }).first().click();
    assert.deepEqual(await opened.untilSaid('retry'), { versions: ['version-2'] });
    await alert.getByRole('button', { name: 'Remove' }).click();
    assert.deepEqual(await opened.untilSaid('removeVersions'), ['version-1']);
  });

  it('tells what is not read yet from what there is not', async () => {
    await open(
      versionsInit(
        { fields: { 'Input a': 'long' } },
        { signature: { standing: 'loading', problem: undefined, fields: [] } },
        {},
      ),
    );
    const only = opened.page
      .getByRole('region', { name: 'Signature' })
      .getByRole('checkbox', { name: 'Only differences' });
    await only.uncheck();
    const cells = grid('Signature').getByRole('row', { name: 'Input a' }).getByRole('gridcell');
    await cells.nth(1).getByRole('img', { name: 'Not read yet' }).waitFor();
    await cells.nth(2).getByRole('img', { name: 'removed' }).waitFor();
  });

  it('keeps what was set up over a reload', async () => {
    await open(threeVersions());
    const { page } = opened;
    await page.getByRole('button', { name: 'Metrics', exact: true }).click();
    await eventually(
      'the layout was said',
      () => opened.saidOf('layout').length,
      (n) => n > 0,
    );
    await opened.reload({ init: threeVersions() });
    await page.getByRole('button', { name: 'Metrics', exact: true, expanded: false }).waitFor();
  });

  it('offers to add versions where there are none', async () => {
    opened = await VersionsPageUnderTest.open(await sharedBrowser(), { init: versionsInit() });
    await opened.page.getByText('There are no versions to compare.').waitFor();
    await opened.page.getByRole('button', { name: 'Add Versions…' }).click();
    await opened.untilSaid('addVersions');
  });

  it('speaks Korean where the editor does', async () => {
    const file = path.join(root, 'l10n', 'bundle.l10n.ko.json');
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    await open({ ...threeVersions(), texts, locale: 'ko' });
    await opened.page.getByRole('heading', { level: 2, name: '시그니처' }).waitFor();
    assert.deepEqual(await axeViolations(opened.page), []);
  });

  describe('in every theme', () => {
    for (const kind of themeKinds)
      it(`has nothing that axe would change in ${kind}`, async () => {
        await open(threeVersions(), { theme: kind });
        await grid('Signature').getByRole('row', { name: 'Input color' }).waitFor();
        await opened.screenshot(`versions-${kind}`, true);
        assert.deepEqual(await axeViolations(opened.page), []);
      });
  });
});
