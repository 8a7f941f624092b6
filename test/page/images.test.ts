import assert from 'node:assert/strict';
import type { ImagesPage } from '../../src/protocol/imagesPage';
import type { PicturePlace } from '../../src/protocol/pictureRequests';
import { imagesRun, openImages, openPictures, pageImage } from './artifactPages';
import type { ArtifactPage } from './artifactPages';
import { axeViolations } from './axe';
import { eventually } from './openedPage';
import { png } from './picture';
import { sharedBrowser } from './sharedBrowser';
import { themeKinds } from './theme';

const steps = [0, 10, 20];
const twoRuns = [imagesRun('bold-cat'), imagesRun('calm-elk', { color: 3 })];
const answers = {
  images: () =>
    Promise.resolve({
      images: ['val/mask', 'zebra'].flatMap((key) => steps.map((step) => pageImage(key, step))),
      isCut: false,
    }),
  picture: ({ path }: PicturePlace) =>
    Promise.resolve(png(60, 40, path.includes('step+10') ? [200, 60, 40] : [40, 90, 200], 12)),
};

describe('the page of logged images', () => {
  let opened: ArtifactPage<ImagesPage>;

  afterEach(() => opened.close());

  const pictures = (): Promise<number> => opened.page.locator('.gallery-tile img').count();
  const untilPictures = (count: number): Promise<number> =>
    eventually('pictures', pictures, (found) => found === count);

  it('shows the last step of each key for each run, and another step for all at once', async () => {
    opened = await openImages(await sharedBrowser(), twoRuns, answers);
    await untilPictures(4);
    const { page } = opened;
    await page.getByRole('img', { name: 'val/mask, step 20, calm-elk' }).waitFor();
    await page.getByRole('slider', { name: 'Step of all images' }).press('ArrowLeft');
    await page.getByRole('img', { name: 'val/mask, step 10, calm-elk' }).waitFor();
    await page.getByRole('slider', { name: 'Step of zebra' }).press('Home');
    await page.getByRole('img', { name: 'zebra, step 0, bold-cat' }).waitFor();
    await page.getByRole('img', { name: 'val/mask, step 10, bold-cat' }).waitFor();
    await page.getByRole('button', { name: 'As All' }).click();
    await page.getByRole('img', { name: 'zebra, step 10, bold-cat' }).waitFor();
    // The smaller copies do for this.
    const asked = opened.saidOf('picture') as readonly PicturePlace[];
    assert.ok(asked.every(({ path }) => path.endsWith('.webp')));
  });

  it('enlarges a picture by keyboard, goes to other steps and runs, and gives the focus back', async () => {
    opened = await openImages(await sharedBrowser(), twoRuns, answers);
    await untilPictures(4);
    const { page } = opened;
    await page.getByRole('grid', { name: 'Images' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'val/mask, step 20, calm-elk' }).waitFor();
    await opened.untilSaid('picture', (asked) => (asked as PicturePlace).path.endsWith('.png'));
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog', { name: 'val/mask, step 10, calm-elk' }).waitFor();
    await page.keyboard.press('ArrowUp');
    const dialog = page.getByRole('dialog', { name: 'val/mask, step 10, bold-cat' });
    await dialog.getByRole('img').waitFor();
    await opened.screenshot('images-enlarged');
    assert.deepEqual(await axeViolations(page), []);
    await dialog.getByRole('button', { name: 'Compare Runs' }).click();
    const [compared] = opened.saidOf('comparePictures') as (readonly PicturePlace[])[];
    assert.deepEqual(
      compared?.map(({ run }) => run),
      ['bold-cat', 'calm-elk'],
    );
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const focused = page.locator('[role="grid"]:focus');
    assert.equal(await focused.count(), 1);
  });

  it('holds only what is seen of thousands of pictures, and asks for no others', async () => {
    const images = Array.from({ length: 5000 }, (_, step) => pageImage('train/sample', step));
    opened = await openImages(await sharedBrowser(), [imagesRun('bold-cat')], {
      ...answers,
      images: () => Promise.resolve({ images, isCut: true }),
    });
    const { page } = opened;
    await page.getByText('the first 5000 images').waitFor();
    await page.getByRole('checkbox', { name: 'All steps' }).check();
    await page.getByRole('img', { name: 'train/sample, step 0', exact: true }).waitFor();
    assert.ok((await page.locator('.gallery-tile').count()) < 80);
    await page.getByRole('grid', { name: 'Images' }).focus();
    await page.keyboard.press('End');
    await page.getByRole('img', { name: 'train/sample, step 4999' }).waitFor();
    assert.ok(opened.saidOf('picture').length < 200);
  });

  it('looks again at runs in progress, and leaves the step where it is', async () => {
    let last = 10;
    const init = {
      ...{ texts: undefined, locale: 'en', restore: { version: 1 }, refreshInterval: 0.05 },
      runs: [imagesRun('bold-cat', { status: 'RUNNING' })],
    };
    opened = await openImages(await sharedBrowser(), init.runs, {
      ...answers,
      init: () => Promise.resolve(init),
      images: () =>
        Promise.resolve({ images: [0, last].map((step) => pageImage('dog', step)), isCut: false }),
    });
    const { page } = opened;
    await page.getByRole('img', { name: 'dog, step 10' }).waitFor();
    last = 30;
    await page.getByRole('img', { name: 'dog, step 30' }).waitFor();
    await page.getByRole('slider', { name: 'Step of all images' }).press('Home');
    await page.getByRole('img', { name: 'dog, step 0' }).waitFor();
    const asked = opened.saidOf('images').length;
    await eventually(
      'more looks',
      () => opened.saidOf('images').length,
      (n) => n > asked + 1,
    );
    assert.equal(await page.getByRole('img', { name: 'dog, step 0' }).count(), 1);
  });

  it('says what could not be read in its place, and tries again', async () => {
    let isAway = true;
    opened = await openImages(await sharedBrowser(), [imagesRun('bold-cat')], {
      ...answers,
      picture: (place) =>
        isAway ? Promise.reject(new Error('The server is away.')) : answers.picture(place),
    });
    const { page } = opened;
    await page.getByText('The server is away.').first().waitFor();
    isAway = false;
    await page.getByRole('gridcell').first().click();
    await untilPictures(1);
  });

  it('says that there are none, and how to log some', async () => {
    opened = await openImages(await sharedBrowser(), [imagesRun('bold-cat')], {});
    await opened.page.getByText('No images were logged by key.').waitFor();
  });

  for (const theme of themeKinds)
    it(`has nothing that axe would change in ${theme}`, async () => {
      opened = await openImages(await sharedBrowser(), twoRuns, answers, { theme });
      await untilPictures(4);
      await opened.screenshot(`images-${theme}`);
      assert.deepEqual(await axeViolations(opened.page), []);
    });
});

describe('the page that compares pictures', () => {
  const three = [
    ['bold-cat', 'plots/roc.png', png(80, 60, [40, 90, 200], 20)],
    ['calm-elk', 'plots/roc.png', png(80, 60, [40, 90, 200], 10)],
    ['dull-ant', 'plots/roc.png', png(40, 40, [40, 90, 200], 10)],
  ] as const;

  it('shows them beside each other with their sizes, zoomed alike', async () => {
    const opened = await openPictures(await sharedBrowser(), three);
    const { page } = opened;
    await page.getByText('40 × 40').waitFor();
    assert.equal(await page.getByText('80 × 60').count(), 2);
    await page.getByRole('figure', { name: 'bold-cat' }).locator('zoom-pane').focus();
    await page.keyboard.press('+');
    await page.getByText('zoomed 1.5 times').waitFor();
    const widths = await page
      .locator('zoom-pane')
      .evaluateAll((panes) =>
        panes.map((pane) => (pane.querySelector('img')?.clientWidth ?? 0) / pane.clientWidth),
      );
    assert.equal(widths.length, 3);
    await page.keyboard.press('0');
    await page.getByText('zoomed').waitFor({ state: 'detached' });
    await opened.close();
  });

  it('lays two over each other with a divider, or lets one shine through', async () => {
    const opened = await openPictures(await sharedBrowser(), three);
    const { page } = opened;
    await page.getByRole('radio', { name: 'Slider' }).check();
    const pair = page.getByRole('figure', { name: 'bold-cat and calm-elk' });
    await pair.getByRole('img', { name: 'calm-elk' }).waitFor();
    await page.getByRole('slider', { name: 'Divider' }).press('End');
    await page.getByRole('radio', { name: 'Onion skin' }).check();
    await page.getByRole('slider', { name: 'Opacity of the second' }).press('Home');
    const image = pair.getByRole('img', { name: 'calm-elk' });
    assert.equal(await image.evaluate((each) => getComputedStyle(each).opacity), '0');
    await opened.close();
  });

  it('counts the pixels that differ, also of pictures of other sizes', async () => {
    const opened = await openPictures(await sharedBrowser(), three);
    const { page } = opened;
    await page.getByRole('radio', { name: 'Difference' }).check();
    await page.getByText('300 of 4,800 pixels differ (6.25%), by 215 of 255 at most.').waitFor();
    await opened.screenshot('pictures-difference');
    await page.getByRole('combobox', { name: 'Second picture' }).selectOption('dull-ant');
    await page.getByText('The pictures have other sizes').waitFor();
    await opened.close();
  });

  for (const theme of themeKinds)
    it(`has nothing that axe would change in ${theme}`, async () => {
      const opened = await openPictures(await sharedBrowser(), three, { theme });
      await opened.page.getByText('40 × 40').waitFor();
      await opened.screenshot(`pictures-${theme}`);
      assert.deepEqual(await axeViolations(opened.page), []);
      await opened.close();
    });
});
