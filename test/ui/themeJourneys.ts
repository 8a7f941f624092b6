import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { eventually } from '../support/eventually';
import type { Workbench } from '../support/workbench';

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly contributes: {
    readonly colors: readonly {
      readonly id: string;
      readonly defaults: Readonly<Record<string, string>>;
    }[];
  };
};
const runColors = contributes.colors.filter(({ id }) => id.startsWith('mlflow.run'));

/** Theme, the class that the workbench carries under it, and the colour of the first run's icon there. */
const themes = [
  ['Default Dark Modern', 'vs-dark', 'dark'],
  ['Default Light Modern', 'vs', 'light'],
  ['Default High Contrast', 'hc-black', 'highContrast'],
  ['Default High Contrast Light', 'hc-light', 'highContrastLight'],
] as const;

/** Adds the journeys through VS Code's themes, in a workbench that shows the data of the journeys. */
export function themeJourneys(theBench: () => Workbench): void {
  for (const [theme, className, defaults] of themes) {
    it(`sees runs in the colors meant for ${theme}`, async () => {
      const bench = theBench();
      await bench.setSettings({
        'mlflow.pageSize': 10,
        'mlflow.refreshInterval': 1,
        'workbench.colorTheme': theme,
      });
      await bench.page.locator(`.monaco-workbench.${className}`).waitFor();
      await bench.expand('lab');
      await bench.expand('families');
      await bench.expand('search');
      const meant = runColors.map((color) => color.defaults[defaults]?.toLowerCase());
      const shown = await eventually(
        'colors of this theme',
        () => bench.iconColors(),
        (colors) => colors.length > 5 && colors.every((color) => meant.includes(color)),
      );
      assert.ok(new Set(shown).size > 1, shown.join());
      await bench.screenshot(`sidebar-${className}`);
    });
  }
}
