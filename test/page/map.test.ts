import assert from 'node:assert/strict';
import { openMap } from './artifactPages';
import { axeViolations } from './axe';
import { eventually } from './openedPage';
import { sharedBrowser } from './sharedBrowser';
import { themeKinds } from './theme';

const point = (name: string, x: number, y: number): unknown => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [x, y] },
  properties: { name, note: '<img src=x onerror=alert(1)>', deep: { a: [1] } },
});
const places = {
  type: 'FeatureCollection',
  features: [
    point('Seoul', 126.98, 37.57),
    point('Oslo', 10.75, 59.91),
    {
      type: 'Feature',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [-10, 30],
            [30, 30],
            [30, 50],
            [-10, 50],
            [-10, 30],
          ],
        ],
      },
      properties: null,
    },
  ],
};

describe('the map of a GeoJSON file', () => {
  it('selects a feature from the list by keyboard, and says what the file says of it', async () => {
    const opened = await openMap(await sharedBrowser(), places);
    const { page } = opened;
    await page.getByText('3 features · 7 points').waitFor();
    await page.getByText('equirectangular').waitFor();
    await page.getByRole('grid', { name: 'Features' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: /note <img src=x onerror/ }).waitFor();
    await page.getByRole('row', { name: 'deep {"a":[1]}' }).waitFor();
    await opened.close();
  });

  it('draws what it has, moves by keys, and selects what is clicked on', async () => {
    const opened = await openMap(await sharedBrowser(), places);
    const { page } = opened;
    const map = page.locator('map-canvas canvas');
    const drawn = (): Promise<string> =>
      map.evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const first = await eventually('a drawing', drawn, (url) => url.length > 5000);
    await map.focus();
    await page.keyboard.press('+');
    await eventually('another drawing', drawn, (url) => url !== first);
    await page.keyboard.press('0');
    await eventually('the first drawing', drawn, (url) => url === first);
    await page.keyboard.press('Escape');
    // The polygon is in the left half of what fits.
    const box = (await map.boundingBox())!;
    const longitude = (25 - -10) / (126.98 - -10);
    const latitude = (59.91 - 35) / (59.91 - 30);
    const height = (29.91 / 136.98) * (box.width - 48);
    await page.mouse.click(
      box.x + 24 + longitude * (box.width - 48),
      box.y + (box.height - height) / 2 + latitude * height,
    );
    await page.getByText('The feature has no properties.').waitFor();
    await opened.close();
  });

  it('draws a hundred thousand points within a second', async () => {
    const coordinates = Array.from({ length: 100_000 }, (_, at) => [
      (at % 360) - 180,
      (at % 179) - 89,
    ]);
    const opened = await openMap(await sharedBrowser(), { type: 'MultiPoint', coordinates });
    await opened.page.getByText('100,000 points').waitFor();
    const map = opened.page.locator('map-canvas canvas');
    await map.focus();
    const took = await map.evaluate(async (canvas) => {
      const begun = performance.now();
      canvas.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return performance.now() - begun;
    });
    assert.ok(took < 1000, `${took} ms`);
    await opened.close();
  });

  it('says that a file is none, and opens its text', async () => {
    for (const [content, sentence] of [
      ['{"type": ', 'The file is not JSON, so there is no map of it.'],
      ['[1]', 'The file holds no GeoJSON, so there is no map of it.'],
    ] as const) {
      const opened = await openMap(await sharedBrowser(), content);
      await opened.page.getByText(sentence).waitFor();
      await opened.page.getByRole('button', { name: 'Open Text' }).click();
      await opened.untilSaid('openText');
      await opened.close();
    }
  });

  for (const theme of themeKinds)
    it(`has nothing that axe would change in ${theme}`, async () => {
      const opened = await openMap(await sharedBrowser(), places, { theme });
      await opened.page.getByRole('gridcell', { name: 'Polygon' }).dblclick();
      await opened.page.getByText('The feature has no properties.').waitFor();
      await opened.screenshot(`map-${theme}`);
      assert.deepEqual(await axeViolations(opened.page), []);
      await opened.close();
    });
});
